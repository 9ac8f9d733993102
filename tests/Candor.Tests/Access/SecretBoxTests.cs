using Candor.Access;
using Candor.Access.Secrets;
using Candor.Tests.Pages;

namespace Candor.Tests.Access;

public sealed class SecretBoxTests
{
    private readonly Cast.Chance chance = new();
    private readonly MemoryDisk disk = new();

    [Fact]
    public void SEC_22_A_sealed_secret_opens_in_its_own_place_only()
    {
        var box = new SecretBox(Keys(), chance);
        var (ada, bo) = (box.Seal("totp", "ada", 1, "one"u8), box.Seal("totp", "bo", 1, "two"u8));

        Assert.Equal("one"u8.ToArray(), box.Open("totp", "ada", ada));
        Assert.Null(box.Open("totp", "bo", ada)); // two ciphertexts swapped
        Assert.Null(box.Open("totp", "ada", bo));
        Assert.Null(box.Open("webhook", "ada", ada));
        Assert.Null(box.Open("totp", "ada", ada with { Version = 2 }));
        Assert.Null(box.Open("totp", "ada", ada with { Key = "00000000" }));
        Assert.Null(box.Open("totp", "ada", ada with { Box = ada.Box[..^8] + "AAAAAAA=" }));
        Assert.Null(box.Open("totp", "ada", ada with { Box = "!" }));
    }

    [Fact]
    public void After_a_rotation_the_old_opens_until_it_is_dropped_and_the_new_seals()
    {
        var before = Keys();
        var old = new SecretBox(before, chance).Seal("totp", "ada", 1, "one"u8);
        var both = before.WithNew(chance);
        both.Save(disk, "master.key");

        var box = new SecretBox(Keys(), chance);
        Assert.Equal("one"u8.ToArray(), box.Open("totp", "ada", old));
        Assert.NotEqual(old.Key, box.Seal("totp", "ada", 1, "one"u8).Key);
        Assert.Null(new SecretBox(both.OnlyCurrent(), chance).Open("totp", "ada", old));
    }

    [Fact]
    public void The_key_is_made_once_and_a_variable_goes_before_the_file()
    {
        var made = Keys().Current.Id;

        Assert.Equal(made, Keys().Current.Id);
        var given = MasterKeys.Load(disk, "master.key", Convert.ToBase64String(new byte[32]), chance);
        Assert.NotEqual(made, given.Current.Id);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAA")]
    [InlineData(",")]
    public void Keys_that_cannot_be_read_are_named(string variable) =>
        Assert.Contains(MasterKeys.Variable, Assert.Throws<IOException>(
            () => MasterKeys.Load(disk, "master.key", variable, chance)).Message, StringComparison.Ordinal);

    private MasterKeys Keys() => MasterKeys.Load(disk, "master.key", null, chance);
}

using Candor.Access;
using Candor.Access.Secrets;
using Candor.Access.Sqlite;
using Candor.Commands;
using Candor.Effects;
using Candor.Tests.Access;
using Candor.Tests.Commands;

namespace Candor.Tests.Contracts;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_40_A_rotation_seals_everything_anew_and_forgets_the_old_key()
    {
        var before = Keys();
        var person = Cast.Somebody() with { Totp = new(new SecretBox(before, new SystemRandomness()).Seal("totp", "ada000000000", 1, "secret"u8), 5) };
        await using (var store = await SqlitePeopleStore.OpenAsync(folder["data/people.db"], Ct))
        {
            await store.WriteAsync([RosterChange.Put(person)], Ct);
        }

        var said = await RotateAsync();

        Assert.Equal((Exit.Done, $"1 sealed with key {Keys().Current.Id}.\n"), (said.Exit, said.Output));
        Assert.NotEqual(before.Current.Id, Keys().Current.Id);
        Assert.Null(Keys().Find(before.Current.Id));
        await using var again = await SqlitePeopleStore.OpenAsync(folder["data/people.db"], Ct);
        var totp = Assert.IsType<Person>(Assert.Single(await again.ReadAsync(Ct))).Totp!;
        Assert.Equal("secret"u8.ToArray(), new SecretBox(Keys(), new SystemRandomness()).Open("totp", "ada000000000", totp.Sealed));
        Assert.Equal((2, 5L), (totp.Sealed.Version, totp.LastStep));
    }

    [Fact]
    public async Task A_secret_whose_key_is_gone_is_named_and_nothing_is_lost()
    {
        var lost = new SecretBox(Keys(), new SystemRandomness()).Seal("totp", "ada000000000", 1, "secret"u8) with { Key = "00000000" };
        await using (var store = await SqlitePeopleStore.OpenAsync(folder["data/people.db"], Ct))
        {
            await store.WriteAsync([RosterChange.Put(Cast.Somebody() with { Totp = new(lost, 0) })], Ct);
        }

        var before = Keys().Current.Id;
        var said = await RotateAsync();

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("was sealed with key 00000000, which is not here", said.Error, StringComparison.Ordinal);
        Assert.NotNull(Keys().Find(before));
    }

    public void Dispose() => folder.Dispose();

    private MasterKeys Keys()
    {
        Directory.CreateDirectory(folder["data"]);
        return MasterKeys.Load(new SystemDisk(), folder["data/master.key"], null, new SystemRandomness());
    }

    private Task<Shell> RotateAsync() => Shell.RunAsync(
        $"candor keys rotate --data {folder["data"]}",
        static terminal => KeysCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), static _ => null));
}

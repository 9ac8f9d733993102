using Candor.Access;
using Candor.Access.Secrets;
using Candor.Access.Sqlite;
using Candor.Commands;
using Candor.Effects;
using Candor.Notices.Subscribers;
using Candor.Notices.Subscribers.Sqlite;
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

    [Fact]
    public async Task SEC_40_Addresses_are_sealed_anew_too_and_can_be_told_after_it()
    {
        await using (var book = await ContactsAsync())
        {
            await book.PutAsync([(new("sub000000001"), "email", new("reader@example.com"))], Ct);
            await book.BlockAsync("@example.org", default, Ct);
        }

        var said = await RotateAsync();

        Assert.Equal((Exit.Done, $"2 sealed with key {Keys().Current.Id}.\n"), (said.Exit, said.Output));
        await using var again = await ContactsAsync();
        Assert.Equal(new("sub000000001"), again.FindByAddress("email", "reader@example.com"));
        Assert.True(again.IsBlocked("somebody@example.org", "example.org"));
    }

    [Fact]
    public async Task A_key_that_some_address_still_needs_is_not_forgotten()
    {
        await using (var book = await ContactsAsync())
        {
            await book.PutAsync([(new("sub000000001"), "from-later", new("reader@example.com"))], Ct);
        }

        var before = Keys().Current.Id;
        var said = await RotateAsync();

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("a channel that this version of Candor does not know", said.Error, StringComparison.Ordinal);
        Assert.NotNull(Keys().Find(before));
        await using var again = await ContactsAsync();
        Assert.Equal("reader@example.com", again.Find(new("sub000000001"))!.Address);
    }

    public void Dispose() => folder.Dispose();

    private async Task<ContactBook> ContactsAsync()
    {
        var box = new SecretBox(Keys(), new SystemRandomness());
        return await ContactBook.OpenAsync(
            await SqliteContactStore.OpenAsync(folder["data/subscribers.db"], Ct), new(box, new SystemRandomness()), Ct);
    }

    private MasterKeys Keys()
    {
        Directory.CreateDirectory(folder["data"]);
        return MasterKeys.Load(new SystemDisk(), folder["data/master.key"], null, new SystemRandomness());
    }

    private Task<Shell> RotateAsync() => Shell.RunAsync(
        $"candor keys rotate --data {folder["data"]}",
        static terminal => KeysCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), static _ => null));
}

using System.Text;
using Candor.Access;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Notices.Subscribers;
using Candor.Notices.Subscribers.Sqlite;
using Candor.State;
using Candor.Tests.Contracts;

namespace Candor.Tests.Notices;

/// <summary>Addresses are sealed on the disk, and gone once they are forgotten.</summary>
public sealed class ContactBookTests : IDisposable
{
    private const string Address = "https://receiver.example.com/canary-7c1f";
    private static readonly SubscriberId First = new("sub000000001");

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_22_An_address_is_found_again_and_lies_nowhere_in_the_open()
    {
        await using (var book = await OpenAsync())
        {
            await book.PutAsync([(First, "webhook", new(Address) { SigningKeys = ["canary-key-55aa"] })], Ct);
        }

        await using (var again = await OpenAsync())
        {
            Assert.Equal(Address, again.Find(First)!.Address);
            Assert.Equal(["canary-key-55aa"], again.Find(First)!.SigningKeys);
            Assert.Equal(First, again.FindByAddress("webhook", Address));
            Assert.Null(again.FindByAddress("email", Address));
        }

        Assert.DoesNotContain("canary", Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_the_installation_is_made_once_and_is_nobodys_address()
    {
        string made;
        await using (var book = await OpenAsync())
        {
            made = await book.KeyAsync("webpush", static () => "canary-own-key", Ct);
        }

        await using var again = await OpenAsync();
        Assert.Equal(made, await again.KeyAsync("webpush", static () => "another", Ct));
        Assert.Empty(again.All);
        Assert.DoesNotContain("canary", Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_gone_also_from_the_bytes_of_the_file()
    {
        await using var book = await OpenAsync();
        await book.PutAsync([(First, "webhook", new(Address))], Ct);
        var box = Sealed();
        Assert.NotEmpty(box);

        await book.ForgetAsync(First, Ct);

        Assert.Null(book.Find(First));
        Assert.Null(book.FindByAddress("webhook", Address));
        Assert.DoesNotContain(First.Value, Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_master_key_opens_nothing_and_a_box_is_good_in_its_own_place_only()
    {
        await using (var book = await OpenAsync())
        {
            await book.PutAsync([(First, "webhook", new(Address))], Ct);
        }

        var box = new ContactBox(Secrets(), new SystemRandomness());
        Assert.Null(box.Open(new("sub000000002"), box.Seal(First, "fingerprint", new(Address))));

        // Nobody is taken for unreachable because of it, and nothing of this installation is made anew over what is shut.
        var right = await File.ReadAllTextAsync(folder[MasterKeys.FileName], Ct);
        File.Delete(folder[MasterKeys.FileName]);
        var said = await Assert.ThrowsAsync<IOException>(OpenAsync);
        Assert.Contains("Restore master.key", said.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(folder[MasterKeys.FileName], right, Ct);
        await using var again = await OpenAsync();
        Assert.Equal(Address, again.Find(First)!.Address);
    }

    [Fact]
    public async Task What_an_older_key_sealed_is_known_blocked_and_good_by_a_newer_one_that_stands_before_it()
    {
        string key;
        await using (var book = await OpenAsync())
        {
            await book.PutAsync([(First, "webhook", new(Address))], Ct);
            await book.BlockAsync("never@example.com", default, Ct);
            await book.RecogniseAsync("gone@example.com", Ct);
            key = await book.KeyAsync("webpush", static () => "own-key", Ct);
        }

        Rewritten(static keys => keys.WithNew(new SystemRandomness()));
        await using (var book = await OpenAsync())
        {
            Assert.Equal((5, 0, 0), (book.Renewed, book.Shut, book.LeftAsTheyWere));
            await AssertWholeAsync(book);
        }

        Rewritten(static keys => keys.OnlyCurrent());
        await using var alone = await OpenAsync();
        Assert.Equal(0, alone.Renewed);
        await AssertWholeAsync(alone);

        async Task AssertWholeAsync(ContactBook book)
        {
            Assert.Equal(First, book.FindByAddress("webhook", Address));
            Assert.Equal(Address, book.Find(First)!.Address);
            Assert.True(book.IsBlocked("never@example.com", "example.com"));
            Assert.True(book.IsBlocked("gone@example.com", "example.com"));
            Assert.False(book.IsBlocked("going@example.com", "example.com"));
            Assert.Equal("never@example.com", Assert.Single(book.Blocks).What);
            Assert.Equal(key, await book.KeyAsync("webpush", static () => "another", Ct));
        }
    }

    [Fact]
    public async Task Of_a_channel_that_is_not_known_the_older_key_stays_needed()
    {
        await using (var book = await OpenAsync())
        {
            await book.PutAsync([(First, "from-later", new(Address))], Ct);
        }

        Rewritten(static keys => keys.WithNew(new SystemRandomness()));
        for (var i = 0; i < 2; i++)
        {
            await using var book = await OpenAsync();
            Assert.Equal((0, 1), (book.Renewed, book.LeftAsTheyWere));
            Assert.Equal(Address, book.Find(First)!.Address);
        }
    }

    public void Dispose() => folder.Dispose();

    private SecretBox Secrets() => new(MasterKeys.Load(new SystemDisk(), folder[MasterKeys.FileName], null, new SystemRandomness()), new SystemRandomness());

    private void Rewritten(Func<MasterKeys, MasterKeys> change) =>
        change(MasterKeys.Load(new SystemDisk(), folder[MasterKeys.FileName], null, new SystemRandomness()))
            .Save(new SystemDisk(), folder[MasterKeys.FileName]);

    private async Task<ContactBook> OpenAsync() => await ContactBook.OpenAsync(
        await SqliteContactStore.OpenAsync(folder[SqliteContactStore.FileName], Ct), new(Secrets(), new SystemRandomness()), Ct);

    private string Sealed() => Everything();

    private string Everything() => string.Concat(Directory.GetFiles(folder.Path, "subscribers.db*").Select(static file =>
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        open.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }));
}

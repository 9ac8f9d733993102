using Candor.Access;
using Candor.Access.Agents;
using Candor.Access.Factors;
using Candor.Access.Reading;
using Candor.Access.Sqlite;
using Candor.Journal.Sqlite;
using Candor.Tests.Access;

namespace Candor.Tests.Contracts;

public sealed class PeopleFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Path => folder[SqlitePeopleStore.FileName];

    [Fact]
    public async Task Every_kind_of_row_reads_back_as_it_was_written()
    {
        var person = Cast.Somebody() with
        {
            Reach = new([new("basket000000")]), Password = "hash", Totp = new(new("k1", 2, "box"), 7), RecoveryCodes = ["a", "b"],
            Passkeys = [new("id", "Phone", "key", 3, Cast.Now) { Transports = ["internal"], IsUserVerified = true }],
        };
        Entry[] entries =
        [
            person,
            new Session("hash", person.Id, Cast.Now, Cast.Now, Cast.Now) { Browser = "Firefox", Address = "::1" },
            Cast.Token(new Cast.Chance()).Kept with { Person = person.Id, LastUsedAt = Cast.Now },
            new Invitation("hash", "Bo", "bo@example.com", Role.Viewer, person.Id, Cast.Now) { Taken = new(person.Id, "hash") },
            new ReaderSession("hash", "customers", ReaderWay.Password, Cast.Now) { Email = "cy@example.com", Proof = "proof" },
            new ReaderLink("hash", "customers", Cast.Now) { Email = "cy@example.com" },
            new Agent(new("eu"), Cast.Now)
            {
                Rights = new(PrivateNetworks: true, ["web"]), Code = new(new("code00000000"), "hash", Cast.Now), PublicKey = "key", EnrolledAt = Cast.Now, RevokedAt = Cast.Now,
            },
            new Member("customers", "cy@example.com", "hash", Cast.Now),
        ];

        await WriteAsync([.. entries.Select(RosterChange.Put)]);

        Assert.Equal(Entry.Kinds.Length, entries.Length);
        var read = await ReadAsync();
        Assert.Equivalent(entries, read, strict: true);
        await WriteAsync([RosterChange.Remove(person)]);
        Assert.Equal(entries.Length - 1, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task The_file_is_for_its_owner_alone()
    {
        await WriteAsync([RosterChange.Put(Cast.Somebody())]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task A_row_that_was_changed_behind_its_back_is_found()
    {
        await WriteAsync([RosterChange.Put(Cast.Somebody(role: Role.Viewer))]);
        Tamper("UPDATE entry SET body = replace(CAST(body AS TEXT), 'viewer', 'owner');");

        var fault = await Assert.ThrowsAsync<IOException>(ReadAsync);

        Assert.Contains("people.db is damaged at person ada000000000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_file_is_refused_and_rows_of_a_newer_kind_are_kept()
    {
        await WriteAsync([RosterChange.Put(Cast.Somebody())]);
        Tamper("PRAGMA user_version=99;");
        Assert.Contains("format 99", (await Assert.ThrowsAsync<IOException>(ReadAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_something_else_is_not_taken_over()
    {
        Tamper("CREATE TABLE other (x); PRAGMA user_version=1;");

        Assert.Contains("does not say", (await Assert.ThrowsAsync<IOException>(ReadAsync)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Tamper(string sql)
    {
        using var database = Database.OpenWriter(Path);
        database.Execute(sql);
    }

    private async Task WriteAsync(RosterChange[] changes)
    {
        await using var store = await SqlitePeopleStore.OpenAsync(Path, Ct);
        await store.WriteAsync(changes, Ct);
    }

    private async Task<IReadOnlyList<Entry>> ReadAsync()
    {
        await using var store = await SqlitePeopleStore.OpenAsync(Path, Ct);
        return await store.ReadAsync(Ct);
    }
}

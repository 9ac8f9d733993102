using Candor.Access;
using Candor.Journal;

namespace Candor.Tests.Access;

public sealed class RegisterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly MemoryPeople store = new();

    [Fact]
    public async Task SEC_11_Of_a_hundred_who_would_be_first_one_is()
    {
        await using var register = await Register.OpenAsync(store.Open(), Ct);
        var people = Enumerable.Range(0, 100).Select(i => Cast.Somebody($"person{i:000000}", email: $"{i}@example.com"));

        var answers = await Task.WhenAll(people.Select(person => Task.Run(async () => await register.CommitAsync(
            roster => roster.People.IsEmpty ? [RosterChange.Put(person)] : new Refusal("late", "Somebody was first."), Ct), Ct)));

        Assert.Single(answers, static answer => answer is null);
        Assert.Single(register.Roster.People);
        Assert.Single(store.Rows);
    }

    [Fact]
    public async Task What_could_not_be_stored_was_not_done()
    {
        await using var register = await Register.OpenAsync(store.Open(), Ct);
        store.IsFull = true;

        await Assert.ThrowsAsync<IOException>(async () => await register.CommitAsync(_ => [RosterChange.Put(Cast.Somebody())], Ct));

        Assert.Empty(register.Roster.People);
    }

    [Fact]
    public async Task A_session_begins_also_on_a_full_disk_and_lasts_until_the_next_start()
    {
        store.Rows[("person", "ada000000000")] = Cast.Somebody();
        await using var register = await Register.OpenAsync(store.Open(), Ct);
        store.IsFull = true;
        var (secret, decide) = Sessions.Begin(new("ada000000000"), Cast.Now, new Cast.Chance(), "Firefox", "127.0.0.1");

        Assert.Null(await register.NoteAsync(decide, Ct));

        Assert.Equal("Ada", Sessions.Recognise(register.Roster, secret, Cast.Now)?.Name);
        await using var next = await Register.OpenAsync(store.Open(), Ct);
        Assert.Null(Sessions.Recognise(next.Roster, secret, Cast.Now));
    }

    [Fact]
    public void SEC_40_A_session_is_a_random_id_in_a_store_and_ends_by_the_clock()
    {
        var (secret, decide) = Sessions.Begin(new("ada000000000"), Cast.Now, new Cast.Chance(), "", "");
        var roster = Roster.Of([Cast.Somebody()]);
        roster = roster.With(decide(roster).Events);

        Assert.Equal(43, secret.Length); // 256 bits
        Assert.DoesNotContain(roster.Sessions.Values, session => session.ToString().Contains(secret, StringComparison.Ordinal));
        Assert.NotNull(Sessions.Recognise(roster, secret, Cast.Now.AddMinutes(30)));
        Assert.Null(Sessions.Recognise(roster, secret, Cast.Now.AddMinutes(31)));
        Assert.Null(Sessions.Recognise(roster, secret + "x", Cast.Now));
        Assert.Null(Sessions.Recognise(roster, "", Cast.Now));
        var busy = Enumerable.Range(1, 800).Aggregate(roster, (before, minute) =>
            before.With(Sessions.NoteSeen(before, Hashes.Of(secret), Cast.Now.AddMinutes(minute)).Events));
        Assert.Null(Sessions.Recognise(busy, secret, Cast.Now.AddMinutes(721)));
    }

    [Fact]
    public void Sessions_that_are_over_go_when_another_begins_and_nobody_has_more_than_fifty()
    {
        var roster = Roster.Of([Cast.Somebody()]);
        for (var i = 0; i < 60; i++)
        {
            roster = roster.With(Sessions.Begin(new("ada000000000"), Cast.Now.AddSeconds(i), new Cast.Chance(i), "", "").Decide(roster).Events);
        }

        Assert.Equal(50, roster.Sessions.Count);
        Assert.DoesNotContain(roster.Sessions.Values, static session => session.StartedAt < Cast.Now.AddSeconds(10));
        roster = roster.With(Sessions.Begin(new("ada000000000"), Cast.Now.AddDays(1), new Cast.Chance(99), "", "").Decide(roster).Events);
        Assert.Single(roster.Sessions);
    }
}

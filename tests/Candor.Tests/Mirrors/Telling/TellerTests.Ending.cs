using Candor.Mirrors.Telling;
using Candor.Notices.Channels;
using Candor.Tests.Notices;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What ends a telling before everybody was told, and how it is gone on with: the publisher is back, somebody stops it, an hour is over.</summary>
public sealed partial class TellerTests
{
    [Fact(Timeout = Patience)]
    public async Task Somebody_with_the_emergency_key_stops_it_after_the_mails_that_are_under_way()
    {
        var id = Post();
        mail.StallsAfter = 13;
        Tell(id);
        await PostroomRig.UntilAsync(() => mail.Stalled == Teller.AtOnce);
        Assert.Contains("for another mirror", Take(Halting(id) with { Challenge = "of another" }).Refusal, StringComparison.Ordinal);
        Assert.Contains("for another address", Take(Halting(id) with { Home = "https://status.example.org/" }).Refusal, StringComparison.Ordinal);
        Assert.Null(Take(Halting("bulletin9999")).Refusal);
        Assert.False(teller.StateOf(id)!.IsStopping);

        Assert.Null(Take(Halting(id)).Refusal);
        Assert.Equal((true, true), (teller.StateOf(id)!.IsRunning, teller.StateOf(id)!.IsStopping));
        mail.Release();
        var state = await EndedAsync(id);
        Assert.Equal((13 + Teller.AtOnce, People - 13 - Teller.AtOnce, false), (state.Told, state.Left, state.IsStopping));
        Assert.Contains("was stopped by somebody", state.Trouble, StringComparison.Ordinal);

        Assert.Null(Tell(id).Refusal);
        Assert.Equal((People, 0, null), ((await EndedAsync(id)).Told, teller.StateOf(id)!.Left, teller.StateOf(id)!.Trouble));
        Assert.Equal(People, mail.Taken.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Stopped_while_nobody_can_be_told_it_ends_at_once_and_another_can_begin()
    {
        mail.Answer = static _ => Handover.TryAgain(Blame.Recipient, "deferred", "450 4.2.0 later");
        var (id, now) = (Post(), time.GetUtcNow());
        Tell(id);
        await UntilAsync(() => clock.IsAwaited);
        Assert.Contains($"--stop --bulletin {id}", Tell(Post()).Refusal, StringComparison.Ordinal);
        Assert.Null(Take(Halting(id)).Refusal);
        var state = await EndedAsync(id);
        Assert.Contains("was stopped by somebody", state.Trouble, StringComparison.Ordinal);
        Assert.Equal((People, now), (mail.Tried, time.GetUtcNow()));
        mail.Answer = static _ => Handover.Delivered("250");
        var second = Post();
        Assert.Null(Tell(second).Refusal);
        Assert.Equal(People, (await EndedAsync(second)).Told);
    }

    [Fact(Timeout = Patience)]
    public async Task An_hour_is_an_hour_also_where_one_try_takes_longer()
    {
        var slow = new Lock();
        mail.Answer = _ =>
        {
            lock (slow)
            {
                time.Advance(TimeSpan.FromMinutes(10));
            }

            return Handover.Delivered("250");
        };
        var id = Post();
        Tell(id);
        var state = await EndedAsync(id);
        Assert.InRange(mail.Tried, 6, 6 + Teller.AtOnce);
        Assert.Equal(People - mail.Tried, state.Left);
        Assert.Contains("within 1 h", state.Trouble, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(People, "connection")]
    [InlineData(3, "name")]
    public async Task A_mail_server_that_was_never_there_ends_it_at_once(int people, string reason)
    {
        contacts = SealedContacts.Seal((list with { People = list.People[..people] }).Write(), people, key.Public, publisher, time.GetUtcNow());
        mail.Answer = _ => Handover.TryAgain(Blame.Destination, reason, "the connection failed");
        var (id, now) = (Post(), time.GetUtcNow());
        Tell(id);
        var state = await EndedAsync(id);
        Assert.Contains("cannot be reached: the connection failed", state.Trouble, StringComparison.Ordinal);
        Assert.Equal((people, now), (state.Left, time.GetUtcNow()));
        Assert.True(mail.Tried <= 2 * Teller.AtOnce, $"{mail.Tried} were tried");
        mail.Answer = static _ => Handover.Delivered("250");
        Assert.Null(Tell(id).Refusal);
        Assert.Equal(people, (await EndedAsync(id)).Told);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_in_the_way_is_logged_once_of_each_kind()
    {
        var tries = 0;
        mail.Answer = _ => Handover.TryAgain(Blame.Destination, Interlocked.Increment(ref tries) % 2 == 0 ? "server_unavailable" : "timeout", $"451 4.3.0 queue {tries}");
        var id = Post();
        Tell(id);
        await PassAsync(() => !teller.IsTelling(id));
        Assert.True(tries > 3 * People);
        Assert.Equal(2, log.Lines.Count(static line => line.Contains("it is tried again", StringComparison.Ordinal)));
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_begun_goes_on_although_the_publisher_was_back_for_a_moment()
    {
        var id = Post();
        await CutOffAsync(id);
        board.Fold(board.Waiting(emergency.Public).Single());
        var untold = Post();
        board.Fold(board.Waiting(emergency.Public).Single());
        Assert.Contains("or the publisher is back and has it. Post an update there", Tell(untold).Refusal, StringComparison.Ordinal);

        Assert.Null(Tell(id).Refusal);
        Assert.Equal((People, 0), ((await EndedAsync(id)).Told, teller.StateOf(id)!.Left));
        Assert.Equal(People, mail.Taken.Distinct().Count());

        // Once everybody was told it is over, and it is for a day in any case.
        Assert.Contains("no such bulletin", Tell(id).Refusal, StringComparison.Ordinal);
        var old = Post();
        await CutOffAsync(old);
        time.Advance(TimeSpan.FromHours(25));
        Assert.Contains("older than a day", Tell(old).Refusal, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task It_ends_once_a_publisher_that_was_silent_has_been_back_for_minutes_and_goes_on_where_that_is_asked_for()
    {
        var id = Post();
        mail.StallsAfter = 13;
        Tell(id);
        await PostroomRig.UntilAsync(() => mail.Stalled == Teller.AtOnce);
        heard = TimeSpan.FromMinutes(3);
        mail.Release();
        var state = await EndedAsync(id);
        Assert.Equal((13 + Teller.AtOnce, People - 13 - Teller.AtOnce), (state.Told, state.Left));
        Assert.Contains("has been back for 3 minutes", state.Trouble, StringComparison.Ordinal);

        // Then by what the publisher has sealed since: somebody has left there.
        contacts = SealedContacts.Seal((list with { People = [.. list.People.Where(one => one.Leave != LinkOf(People - 1))] }).Write(), People - 1, key.Public, publisher, time.GetUtcNow());
        Assert.Null(Tell(id).Refusal);
        Assert.Equal((People - 1, 0), ((await EndedAsync(id)).Told, teller.StateOf(id)!.Left));
        Assert.DoesNotContain("reader39@example.com", mail.Taken);
    }

    [Fact(Timeout = Patience)]
    public async Task A_publisher_that_is_back_for_less_does_not_end_it()
    {
        heard = TimeSpan.FromSeconds(170);
        mail.Answer = _ =>
        {
            heard = heard is null ? TimeSpan.FromSeconds(170) : null;
            return Handover.Delivered("250");
        };
        var id = Post();
        Tell(id);
        Assert.Equal(People, (await EndedAsync(id)).Told);
    }

    [Fact(Timeout = Patience)]
    public async Task Who_was_told_from_contacts_of_before_is_among_all()
    {
        var id = Post();
        await CutOffAsync(id);
        var told = teller.StateOf(id)!.Told;
        contacts = SealedContacts.Seal((list with { People = list.People[^1..] }).Write(), 1, key.Public, publisher, time.GetUtcNow());
        Assert.Null(Tell(id).Refusal);
        var state = await EndedAsync(id);
        Assert.Equal((told + 1, told + 1, 0), (state.Total, state.Told, state.Left));
    }

    [Fact(Timeout = Patience)]
    public async Task Who_does_not_want_to_be_told_is_not_counted_as_not_reached_after_it_has_ended()
    {
        var first = Post();
        Tell(first);
        await EndedAsync(first);
        Assert.True(book.Leave(LinkOf(5)));
        mail.Answer = static _ => Handover.Refused(Blame.Channel, "login_refused", "535 5.7.8 no");
        var second = Post();
        Tell(second);
        Assert.Equal(People - 1, (await EndedAsync(second)).Left);
    }

    private TellRequest Halting(string bulletin) => new(bulletin) { Challenge = Challenge, Home = Home, IsStop = true };

    /// <summary>It dies after some were told.</summary>
    private async Task CutOffAsync(string id)
    {
        mail.Hanging.Clear();
        mail.StallsAfter = mail.Tried + 13;
        Tell(id);
        await PostroomRig.UntilAsync(() => mail.Stalled == Teller.AtOnce);
        await KillAsync();
        mail.StallsAfter = int.MaxValue;
        Start();
    }
}

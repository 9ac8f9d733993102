using System.Collections.Concurrent;
using Candor.Mirrors.Telling;
using Candor.Notices.Channels;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What a mail server refuses, and what it does not answer; whose mirror it is, and who came back.</summary>
public sealed partial class TellerTests
{
    [Theory(Timeout = Patience)]
    [InlineData("recipient_refused")]
    [InlineData("content_refused")]
    public async Task Where_a_mail_server_refuses_us_at_each_recipient_nobody_is_noted_and_all_can_be_told_later(string reason)
    {
        mail.Answer = message => Handover.Refused(Blame.Recipient, reason, $"553 5.7.1 <{message.Address}>: {message.Address.Split('@')[0]}: Sender address rejected: not owned by user");
        var id = Post();
        Tell(id);
        var state = await EndedAsync(id);
        Assert.Equal((0, 0, People), (state.Told, state.Failed, state.Left));
        Assert.Contains("Sender address rejected: not owned by user", state.Trouble, StringComparison.Ordinal);
        Assert.Contains("Sender address rejected", state.Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("@", state.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("reader", state.Trouble, StringComparison.Ordinal);
        Assert.True(mail.Tried <= Teller.RefusalsMost + Teller.AtOnce, $"{mail.Tried} were tried");

        mail.Answer = static _ => Handover.Delivered("250");
        Assert.Null(Tell(id).Refusal);
        Assert.Equal(People, (await EndedAsync(id)).Told);
    }

    [Fact(Timeout = Patience)]
    public async Task Where_there_are_few_and_all_are_refused_it_is_not_taken_to_be_over()
    {
        contacts = SealedContacts.Seal((list with { People = list.People[..3] }).Write(), 3, key.Public, publisher, time.GetUtcNow());
        mail.Answer = static _ => Handover.Refused(Blame.Recipient, "content_refused", "554 Message rejected: address is not verified");
        var id = Post();
        Tell(id);
        var state = await EndedAsync(id);
        Assert.Equal((0, 0, 3), (state.Told, state.Failed, state.Left));
        Assert.Contains("refused everybody: 554 Message rejected", state.Trouble, StringComparison.Ordinal);
        Assert.Equal(3, mail.Tried);
    }

    [Fact(Timeout = Patience)]
    public async Task Some_who_are_refused_while_others_are_reached_are_counted_and_their_refusal_is_shown()
    {
        mail.Answer = static message => message.Address is "reader0@example.com" or "reader1@example.com" or "reader30@example.com"
            ? Handover.Refused(Blame.Recipient, "mailbox_full", "552 5.2.2 full") : Handover.Delivered("250");
        var id = Post();
        Tell(id);
        var state = await EndedAsync(id);
        Assert.Equal((People - 3, 3, 0, null), (state.Told, state.Failed, state.Left, state.Trouble));
        Assert.Equal("552 5.2.2 full", state.Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_mail_of_which_nothing_is_known_is_sent_once_more_and_then_counted_apart()
    {
        var tries = 0;
        mail.Answer = message => message.Address == "reader7@example.com" && Interlocked.Increment(ref tries) > 0
            ? Handover.Unknown(Blame.Destination, "unknown_outcome", "no answer to the mail in time") : Handover.Delivered("250");
        var id = Post();
        Tell(id);
        await PassAsync(() => !teller.IsTelling(id));
        var state = teller.StateOf(id)!;
        Assert.Equal((People - 1, 0, 1, 0, null), (state.Told, state.Failed, state.Unclear, state.Left, state.Trouble));
        Assert.Equal(2, tries);

        // It may have arrived, so its link leads out; and no start forgets that it was sent.
        Assert.True(book.Knows(LinkOf(7)));
        await KillAsync();
        Start();
        Assert.Null(Tell(id).Refusal);
        Assert.Equal(1, (await EndedAsync(id)).Unclear);
        Assert.Equal(2, tries);
    }

    [Fact(Timeout = Patience)]
    public async Task What_nobody_foresaw_of_one_person_keeps_nobody_else_from_being_told()
    {
        mail.Answer = static message => message.Address == "reader2@example.com" ? throw new InvalidOperationException("reader2@example.com") : Handover.Delivered("250");
        var id = Post();
        Tell(id);
        await PassAsync(() => !teller.IsTelling(id));
        var state = teller.StateOf(id)!;
        Assert.Equal((People - 1, 1, 0, null), (state.Told, state.Unclear, state.Left, state.Trouble));
        Assert.False(running.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task Links_lead_to_the_mirrors_own_address_and_what_was_signed_for_another_is_not_taken()
    {
        var id = Post();
        foreach (var home in new[] { null, "", "http://127.0.0.1:8080/", "https://status.example.org/", "http://status.example.net/" })
        {
            Assert.Contains("readers have this mirror as " + Home, Take(Ask(id) with { Home = home }).Refusal, StringComparison.Ordinal);
        }

        var links = new ConcurrentQueue<string>();
        mail.Answer = message =>
        {
            links.Enqueue(message.UnsubscribeUrl!);
            return Handover.Delivered("250");
        };
        var (answer, refusal) = Tell(id);
        Assert.Null(refusal);
        Assert.Equal(Home, answer!.Home);
        await EndedAsync(id);
        Assert.Equal(People, links.Count);
        Assert.All(links, static link => Assert.StartsWith(Home + "unsubscribe/", link, StringComparison.Ordinal));
    }

    [Theory(Timeout = Patience)]
    [InlineData(true, 60, true)]
    [InlineData(true, 1, false)]
    [InlineData(false, 60, false)]
    public async Task Who_has_left_and_stands_in_what_was_sealed_after_the_publisher_took_that_has_come_back(bool isTaken, int minutes, bool isTold)
    {
        var first = Post();
        Tell(first);
        await EndedAsync(first);
        Assert.True(book.Leave(LinkOf(5)));
        book.HandIn(book.Leavers.Single(), isTaken);
        time.Advance(TimeSpan.FromMinutes(minutes));
        contacts = SealedContacts.Seal(list.Write(), People, key.Public, publisher, time.GetUtcNow());
        var second = Post();
        Tell(second);
        Assert.Equal(isTold ? People : People - 1, (await EndedAsync(second)).Told);
    }
}

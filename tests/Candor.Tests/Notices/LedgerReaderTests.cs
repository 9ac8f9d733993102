using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Slack;
using Candor.Notices.Ledger;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>What is wished of the ledger is what is found: by state, by channel, by person, from a place on.</summary>
public sealed class LedgerReaderTests
{
    private const int Patience = 120_000; // for machines that are slow; nothing here takes any time of its own

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Each_wish_leaves_out_what_it_does_not_name_and_a_silent_channel_hides_no_other()
    {
        await using var rig = await PostroomRig.StartAsync(new(), subscribers: 3);
        rig.Answer = static message => message.Address switch
        {
            "https://receiver1.example/" => Handover.Delivered("200"),
            "https://receiver2.example/" => Handover.Refused(Blame.Recipient, "refused", "400"),
            _ => Handover.TryAgain(Blame.Destination, "unreachable", "no route"),
        };
        await rig.HappensAsync(Opens(Noon));
        await rig.InTimeAsync(() => rig.Room.View.Total is { Sent: 1, Failed: 1, Pending: 1 });
        var reader = new LedgerReader(() => [rig.Room, rig.Beside(new SlackKind())]);
        var all = new LedgerSearch(OutageTopic);

        await FindsAsync(reader, all, ["slack"], 1, 2, 3);
        await FindsAsync(reader, all with { State = "sent" }, ["slack"], 1);
        await FindsAsync(reader, all with { State = "failed" }, ["slack"], 2);
        await FindsAsync(reader, all with { State = "pending" }, ["slack"], 3);
        await FindsAsync(reader, all with { State = "withheld" }, ["slack"]);
        await FindsAsync(reader, all with { Channel = "webhook" }, [], 1, 2, 3);
        await FindsAsync(reader, all with { Channel = "slack" }, ["slack"]);
        await FindsAsync(reader, all with { Who = new HashSet<SubscriberId> { IdOf(3), IdOf(1) }, Channel = "webhook" }, [], 1, 3);
        await FindsAsync(reader, all with { Who = new HashSet<SubscriberId>(), Channel = "webhook" }, []);
        await FindsAsync(reader, all with { After = new("webhook", IdOf(1)) }, [], 2, 3);
        await FindsAsync(reader, all with { Topic = new Topic("incident:nothere00000"), Channel = "webhook" }, []);

        var first = await reader.PageAsync(all, 2, Ct);
        Assert.Equal(("webhook." + IdOf(2), 2), (first.Next?.ToString(), first.Entries.Count));
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            // What is saved is whole or not at all.
            await foreach (var _ in reader.AllAsync(all, Ct))
            {
            }
        });
    }

    private static async Task FindsAsync(LedgerReader reader, LedgerSearch search, string[] silent, params int[] numbers)
    {
        var page = await reader.PageAsync(search, 100, Ct);
        Assert.Equal(numbers.Select(IdOf), page.Entries.Select(static entry => entry.Stream.Subscriber));
        Assert.Equal((silent.Length, null), (page.Silent.Count, page.Next));
        Assert.Equal(silent, page.Silent);
    }
}

using Candor.Access;
using Candor.Admin.Audits;
using Candor.Journal;
using Candor.Node;
using Candor.State;
using Candor.Tests.Access;
using Microsoft.Extensions.Logging.Abstractions;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

public sealed class AuditTests : IAsyncLifetime
{
    private RoomRig rig = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => rig = await StartAsync();

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task What_happens_at_the_door_is_a_fact_with_the_network_it_came_from()
    {
        var log = new KeptAudit();
        var audit = new JournalAudit(() => rig.Journal, log, rig.Time);

        await audit.RecordAsync(new(Cast.Now, "person:ada000000000", "session.began", "person:ada000000000", "192.0.2.77"), Ct);

        var told = Assert.Single(rig.World.Audit);
        Assert.Equal(("session.began", "person:ada000000000", "192.0.2.0/24"), (told.Act, told.Target, told.Address));
        Assert.Single(log.Entries);
    }

    [Fact]
    public async Task What_the_journal_cannot_take_now_is_written_with_the_next_act_and_once()
    {
        var closed = new Journal<World, Event>(
            static _ => throw new IOException("no disk"), new WorldFolding(rig.Time), null, rig.Time, JournalLimits.Default, NullLogger.Instance);
        var journal = closed;
        var audit = new JournalAudit(() => journal == closed ? throw new JournalFailedException("still opening") : journal, new KeptAudit(), rig.Time);
        await audit.RecordAsync(new(Cast.Now, "person:ada000000000", "session.began", "person:ada000000000", null), Ct);

        journal = rig.Journal;
        await audit.RecordAsync(new(Cast.Now.AddMinutes(1), "person:ada000000000", "person.invited", "invitation:abc", null), Ct);

        Assert.Equal(["session.began", "person.invited"], rig.World.Audit.Select(static one => one.Act));
    }

    [Fact]
    public async Task An_owner_pages_and_filters_through_all_of_it()
    {
        await rig.HappenAsync([.. Enumerable.Range(0, 130).Select(i => new AuditRecorded(
            Cast.Now.AddSeconds(i), new(i % 2 == 0 ? "person:ada000000000" : "person:grace0000000"), i % 3 == 0 ? "token.made" : "session.began", $"token:{i:000}"))]);

        var (first, older) = await AuditPages.ReadAsync(rig.Journal, new("", "", "", null), Ct);
        Assert.Equal(AuditPages.PerPage, first.Count);
        Assert.Equal("token:129", first[0].Act.Target);
        var (second, _) = await AuditPages.ReadAsync(rig.Journal, new("", "", "", older), Ct);
        Assert.Equal("token:079", second[0].Act.Target);
        var (made, none) = await AuditPages.ReadAsync(rig.Journal, new("token", "person:ada000000000", "", null), Ct);
        Assert.Equal(22, made.Count);
        Assert.Null(none);

        var page = await rig.GetAsync("/audit?act=token&by=person:grace0000000");
        Assert.Contains("token.made by Grace", page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("by Ada", page.Words("ul.list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?before=0")]
    [InlineData("?before=99999999999999999999")]
    [InlineData("?before=-1")]
    [InlineData("?act=%00%0a<script>")]
    [InlineData("?by=person:%27;drop")]
    public async Task Whatever_is_asked_for_the_page_answers(string query) => Assert.Equal(200, (await rig.GetAsync("/audit" + query)).Status);
}

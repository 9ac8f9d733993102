using Candor.Journal;
using Candor.Pages;
using Candor.Pages.AsOf;
using Candor.Pages.Audiences;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages.AsOf;

public sealed class PastPagesTests
{
    private static readonly DateTimeOffset Start = MadeUpWorld.Start;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_knew_a_fact_once_it_was_committed_and_not_when_it_happened()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        rig.Facts.Commit(Start.AddMinutes(10), MadeUpWorld.Down(MadeUpWorld.Mail, Start.AddMinutes(4)));
        Assert.Contains("All 3 services work", await rig.ReadAsync("/", Start.AddMinutes(9)), StringComparison.Ordinal);
        Assert.Contains("Mail is down", await rig.ReadAsync("/", Start.AddMinutes(10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_that_was_confirmed_later_is_not_shown_earlier()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        rig.Facts.Commit(Start.AddMinutes(5), MadeUpWorld.Opened("waits0000000", Start.AddMinutes(5), "Kept back", MadeUpWorld.Mail) with { Published = false });
        rig.Facts.Commit(Start.AddMinutes(20), new IncidentPublished(Start.AddMinutes(20), new("waits0000000")));
        foreach (var path in (string[])["/", "/history", "/status.json", "/api/v2/incidents.json", "/feed.atom", "/feed.rss", "/calendar.ics"])
        {
            Assert.DoesNotContain("Kept back", await rig.ReadAsync(path, Start.AddMinutes(19)), StringComparison.Ordinal);
            Assert.Contains("Kept back", await rig.ReadAsync(path, Start.AddMinutes(20)), StringComparison.Ordinal);
        }

        Assert.Equal(404, (await rig.AskAsync("/incidents/waits0000000", Start.AddMinutes(19)))!.StatusCode);
        Assert.Equal(200, (await rig.AskAsync("/incidents/waits0000000", Start.AddMinutes(20)))!.StatusCode);
    }

    [Fact]
    public async Task What_was_removed_later_is_shown_as_it_was()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        rig.Facts.Commit(Start.AddMinutes(5), new ComponentRemoved(Start.AddMinutes(5), MadeUpWorld.Mail));
        Assert.Contains("Mail", await rig.ReadAsync("/", Start.AddMinutes(4)), StringComparison.Ordinal);
        Assert.DoesNotContain("Mail", await rig.ReadAsync("/", Start.AddMinutes(6)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_past_speaks_as_the_page_did_then()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        rig.Facts.Commit(Start.AddMinutes(5), new PageConfigured(Start.AddMinutes(5), MadeUpWorld.Well().Page with { Language = "de" }));
        rig.Facts.Commit(Start.AddMinutes(10), new PageConfigured(Start.AddMinutes(10), MadeUpWorld.Well().Page));
        Assert.Contains("All 3 services work", await rig.ReadAsync("/", Start.AddMinutes(4)), StringComparison.Ordinal);
        Assert.Contains("Alle 3 Dienste funktionieren", await rig.ReadAsync("/", Start.AddMinutes(6)), StringComparison.Ordinal);
        Assert.Contains("All 3 services work", await rig.ReadAsync("/", Start.AddMinutes(11)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_fact_nothing_is_claimed()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        var page = await rig.ReadAsync("/", Start.AddTicks(-1));
        Assert.Contains("Nothing was known yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Heron Copier", page, StringComparison.Ordinal);
        Assert.Contains("\"known\": false", (await rig.ReadAsync("/status.json", Start.AddTicks(-1))).Replace("\":f", "\": f", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Nothing was known yet", await rig.ReadAsync("/", DateTimeOffset.UnixEpoch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settled_pages_may_be_kept_by_everybody_and_others_by_nobody()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        var now = rig.Time.GetUtcNow();
        Assert.Equal(Caching.OfPast, (await rig.AskAsync("/", now.AddMinutes(-11)))!.CacheControl);
        Assert.Equal(Caching.Never, (await rig.AskAsync("/", now.AddMinutes(-9)))!.CacheControl);
        Assert.Same(await rig.AskAsync("/", Start), await rig.AskAsync("/", Start));
    }

    [Fact]
    public async Task A_page_of_just_now_takes_in_what_is_committed_a_moment_later()
    {
        await using var rig = new PastRig().Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        var now = rig.Time.GetUtcNow();
        Assert.Contains("All 3 services work", await rig.ReadAsync("/", now), StringComparison.Ordinal);
        rig.Facts.Commit(now, MadeUpWorld.Down(MadeUpWorld.Mail, now));
        Assert.Contains("Mail is down", await rig.ReadAsync("/", now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_fit_into_the_queue_is_told_to_come_back()
    {
        await using var rig = new PastRig(PastLimits.Default with { WaitingMax = 4 });
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        var asked = Enumerable.Range(0, 2_000).Select(n => rig.AskAsync("/", Start.AddSeconds(n))).ToList();
        Assert.Equal(1_996, asked.Count(task => task.IsCompletedSuccessfully && task.Result is null));
        rig.Started();
        Assert.All(await Task.WhenAll(asked.Where(task => !task.IsCompleted)), Assert.NotNull);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_deadline_and_nothing_is_rendered_for_who_has_left()
    {
        var rendered = 0;
        IEnumerable<PagePlan> Counted(Brief brief)
        {
            rendered++;
            return Catalogue.FrontOf(brief);
        }

        await using var rig = new PastRig(plans: Counted);
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        var asked = rig.AskAsync("/", Start);
        rig.Time.Advance(PastLimits.Default.Within);
        Assert.Null(await asked);
        rig.Started();
        Assert.NotNull(await rig.AskAsync("/status.json", Start));
        Assert.Equal(1, rendered);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_and_a_page_that_cannot_be_rendered_stop_nothing()
    {
        var broken = true;
        IEnumerable<PagePlan> Plans(Brief brief) => broken ? throw new InvalidOperationException("broken") : Catalogue.FrontOf(brief);
        await using var rig = new PastRig(plans: Plans).Started();
        rig.Facts.Commit(Start, MadeUpWorld.Facts());
        Assert.Null(await rig.AskAsync("/", Start));
        broken = false;
        rig.Facts.Fault = new JournalFailedException("The journal is still opening; try again in a moment.");
        Assert.Null(await rig.AskAsync("/", Start.AddSeconds(1)));
        rig.Facts.Fault = null;
        Assert.NotNull(await rig.AskAsync("/", Start.AddSeconds(1)));
    }

    [Fact]
    public async Task Worlds_on_the_way_are_kept_within_a_bound_and_spare_the_way()
    {
        var facts = new StoredFacts().Commit(Start, MadeUpWorld.Facts());
        var at = Start;
        for (var i = 0; i < 5_000; i++)
        {
            at = at.AddSeconds(10);
            facts.Commit(at, i % 2 == 0 ? MadeUpWorld.Down(MadeUpWorld.Mail, at) : [new ComponentStateChanged(at, MadeUpWorld.Mail, at, new(ComponentStatus.Operational), null)]);
        }

        var limits = PastLimits.Default with { CheckpointsMax = 16, SpacingFirst = 10, ReadMax = 64 };
        var worlds = new PastWorlds(limits);
        Assert.Equal(facts.Position, (await worlds.AtAsync(facts, at, Ct)).Position);
        Assert.InRange(worlds.Checkpoints, 8, 16);

        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            var before = facts.EventsRead;
            var asked = Start.AddSeconds(random.Next(0, 50_000));
            var found = await worlds.AtAsync(facts, asked, Ct);
            Assert.Equal(MadeUpWorld.Facts().Count() + (long)(asked - Start).TotalSeconds / 10, found.Position.Value);
            Assert.InRange(facts.EventsRead - before, 0, 5_000 / 8 + limits.ReadMax + 1);
        }
    }

    [Fact]
    public async Task A_journal_that_ends_earlier_than_before_is_folded_anew()
    {
        var long_ = new StoredFacts().Commit(Start, MadeUpWorld.Facts()).Commit(Start.AddMinutes(1), MadeUpWorld.Down(MadeUpWorld.Mail, Start));
        var shorter = new StoredFacts().Commit(Start, MadeUpWorld.Facts());
        var worlds = new PastWorlds(PastLimits.Default);
        Assert.Equal(long_.Position, (await worlds.AtAsync(long_, Start.AddHours(1), Ct)).Position);
        Assert.Equal(shorter.Position, (await worlds.AtAsync(shorter, Start.AddHours(1), Ct)).Position);
    }

    [Fact]
    public void Kept_pages_stay_within_their_bytes_and_the_longest_unused_goes_first()
    {
        var kept = new KeptPages(bytesMax: 8_000);
        PageBytes Page(int n) => PageBytes.OfPast(new("/" + n, "text/plain", new byte[1_000]), Start, isSettled: true);
        for (var n = 0; n < 100; n++)
        {
            kept.Keep("/" + n, Start, Eyes.Everybody, Page(n));
            kept.Find("/0", Start, Eyes.Everybody);
            Assert.InRange(kept.Bytes, 0, 8_000);
        }

        Assert.NotNull(kept.Find("/0", Start, Eyes.Everybody));
        Assert.NotNull(kept.Find("/99", Start, Eyes.Everybody));
        Assert.Null(kept.Find("/1", Start, Eyes.Everybody));
        kept.Keep("/large", Start, Eyes.Everybody, PageBytes.OfPast(new("/large", "text/plain", System.Security.Cryptography.RandomNumberGenerator.GetBytes(9_000)), Start, true));
        Assert.Null(kept.Find("/large", Start, Eyes.Everybody));
    }
}

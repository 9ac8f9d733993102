using Candor.Pages;
using Candor.State;
using Candor.State.Maintenances;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Pages;

public class PublisherTests
{
    private const string Summary = "/api/v2/summary.json";

    [Fact]
    public void A_change_is_on_every_page_of_one_edition()
    {
        using var rig = new PublisherRig().Started();
        Assert.Contains("All Systems Operational", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now));
        Assert.Equal(2, rig.Publisher.Edition.Position);
        Assert.Contains("Partial System Outage", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"major_outage\"", rig.Read("/api/v2/components.json"), StringComparison.Ordinal);
        var told = rig.News.SelectMany(news => news.Changed).ToList();
        Assert.Contains("/", told);
        Assert.Contains("/api/v2/status.json", told);
        Assert.Contains($"/components/{MadeUpWorld.Homepage}", told);
    }

    [Fact]
    public void When_readings_stop_nothing_stays_green_although_nothing_happens()
    {
        using var rig = new PublisherRig().Started();
        rig.Desk.Reading = false;
        rig.Pass(TimeSpan.FromSeconds(181));
        Assert.Equal(1, rig.Publisher.Edition.Position);
        Assert.Contains("Status Unknown", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"known\":true", rig.Read("/api/v2/summary.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_alone_makes_a_new_edition_but_no_news()
    {
        using var rig = new PublisherRig().Started();
        var news = rig.News.Count;
        var before = rig.Publisher.Edition;
        rig.Pass(TimeSpan.FromSeconds(40));
        Assert.NotSame(before, rig.Publisher.Edition);
        Assert.True(rig.News.Count > news);
        Assert.All(rig.News.Skip(news), item => Assert.Empty(item.Changed));
    }

    [Fact]
    public void A_burst_of_changes_makes_at_most_forty_editions_a_second()
    {
        using var rig = new PublisherRig().Started();
        var news = rig.News.Count;
        for (var i = 0; i < 100; i++)
        {
            rig.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, rig.Now, $"fault {i}"));
            rig.Pass(TimeSpan.FromMilliseconds(10));
        }

        rig.Pass(TimeSpan.FromMilliseconds(100));
        Assert.InRange(rig.News.Skip(news).Count(item => item.Changed.Contains("/")), 2, 42);
        Assert.Equal(101, rig.Publisher.Edition.Position);
    }

    [Fact]
    public void Readers_wait_for_an_open_incident_only_when_it_has_something_new_itself()
    {
        const string Page = "/incidents/incident0001";
        using var rig = new PublisherRig(MadeUpWorld.Well().After(
            MadeUpWorld.Opened("incident0001", MadeUpWorld.Start, "Mail is down", MadeUpWorld.Mail))).Started();
        var news = rig.News.Count;
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now));
        rig.Pass(TimeSpan.FromSeconds(3));
        var elsewhere = rig.News.Skip(news).ToList();
        news = rig.News.Count;
        rig.Happen(MadeUpWorld.Updated("incident0001", 2, rig.Now, IncidentStatus.Identified, "A disk is full."));
        rig.Pass(TimeSpan.FromSeconds(3));

        Assert.Contains("/", elsewhere[0].Changed);
        Assert.DoesNotContain(Page, elsewhere[0].Changed);
        Assert.Contains(Page, rig.News[news].Changed);
        Assert.Contains("A disk is full.", rig.Read(Page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_publisher_that_stops_leaves_an_edition_that_turns_to_what_was_last_known()
    {
        var rig = new PublisherRig().Started();
        rig.Dispose();
        Assert.Contains("All Systems Operational", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        rig.Time.Advance(TimeSpan.FromSeconds(91));
        Assert.Contains("Status Unknown", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        Assert.Contains("\"known\":false", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void P_17_A_jump_of_the_clock_in_a_stream_of_changes_hides_no_incident()
    {
        var busy = false;
        using var rig = new PublisherRig(make: r => new(
            r.Desk, new SavedEdition(r.Disk, "pages.snapshot"), r.Time, NullLogger<Publisher>.Instance)
        {
            // Each round is out of date before it has ended.
            Front = brief => Catalogue.FrontOf(brief).Select(plan => plan.Path != "/badge.svg" ? plan : plan with
            {
                Render = (b, cancellation) =>
                {
                    if (busy)
                    {
                        r.Desk.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, b.Now, $"fault at {b.Position}"));
                    }

                    return plan.Render(b, cancellation);
                },
            }),
        }).Started();
        busy = true;
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now));
        rig.Pass(TimeSpan.FromMilliseconds(200));
        rig.Happen(MadeUpWorld.Opened("incident0001", rig.Now, "Homepage is down", MadeUpWorld.Homepage));
        rig.Pass(TimeSpan.FromMilliseconds(50));

        Assert.All((string[])["/", Summary, "/api/v2/incidents.json", "/status.json"], path =>
            Assert.Contains("Homepage is down", rig.ReadAt(path, rig.Now.AddHours(1)), StringComparison.Ordinal));
        Assert.DoesNotContain("\"known\":true", rig.ReadAt(Summary, rig.Now.AddHours(1)), StringComparison.Ordinal);
        busy = false;
    }

    [Fact]
    public void In_a_stream_of_changes_pages_that_nobody_waits_for_come_in_turn_a_few_between_two_news()
    {
        var busy = false;
        List<int> rounds = [];
        HashSet<string> rendered = [];
        RenderPage Urgent(BriefDesk desk) => (brief, _) =>
        {
            rounds.Add(0);
            if (busy)
            {
                desk.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, brief.Now, $"fault at {brief.Position}"));
            }

            return Task.FromResult<Rendition?>(new("/", "text/plain", "urgent"u8.ToArray()));
        };

        RenderPage Other(int page) => (brief, _) =>
        {
            rounds[^1]++;
            rendered.Add($"{page} {brief.World.Components.Values.Any(component => component.State.Known)}");
            return Task.FromResult<Rendition?>(new($"/other/{page}", "text/plain", [(byte)page]));
        };

        // Each round is out of date before it has ended, and whatever is not urgent is due in each.
        using var rig = new PublisherRig(make: r => new(
            r.Desk, new SavedEdition(r.Disk, "pages.snapshot"), r.Time, NullLogger<Publisher>.Instance)
        {
            Front = brief => [
                new("/", brief.Position, TimeSpan.FromHours(1), Urgent(r.Desk)) { Urgent = true },
                .. Enumerable.Range(0, 30).Select(
                    i => new PagePlan($"/other/{i}", brief.Position, TimeSpan.FromHours(1), Other(i)) { SpeaksOfNow = true })],
        });

        rig.Started();
        busy = true;
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now));
        rounds.Clear();
        rendered.Clear();
        rig.Pass(TimeSpan.FromMilliseconds(400));
        busy = false;

        Assert.True(rounds.Count >= 8, $"only {rounds.Count} rounds");
        Assert.All(rounds.SkipLast(1), count => Assert.InRange(count, 1, 2 * PublisherLimits.Default.AFew));
        Assert.Equal(60, rendered.Count);
    }

    [Fact]
    public void A_page_that_cannot_be_rendered_keeps_its_last_good_bytes_and_is_reported()
    {
        var broken = false;
        using var rig = new PublisherRig(make: r => new(
            r.Desk, new SavedEdition(r.Disk, "pages.snapshot"), r.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Publisher>.Instance)
        {
            Front = brief => Catalogue.FrontOf(brief).Select(plan => plan.Path != Summary ? plan : plan with
            {
                Render = (b, cancellation) => broken
                    ? throw new InvalidOperationException("poison")
                    : plan.Render(b, cancellation),
            }),
        }).Started();
        var good = rig.Read(Summary);
        broken = true;
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, rig.Now));
        Assert.Equal(good, rig.Read(Summary));
        Assert.Contains("Partial System Outage", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        var fault = Assert.Single(rig.Publisher.Condition.Faults);
        Assert.Equal((Summary, "poison"), (fault.Path, fault.Cause.Message));
        rig.Pass(TimeSpan.FromMinutes(3));
        Assert.NotEqual(good, rig.Read(Summary));
        broken = false;
        rig.Pass(TimeSpan.FromSeconds(40));
        Assert.Empty(rig.Publisher.Condition.Faults);
    }

    [Fact]
    public void After_a_start_the_last_known_page_is_there_before_anything_else_and_never_green()
    {
        using var first = new PublisherRig().Started();
        using var second = new PublisherRig();
        second.Disk.Files["pages.snapshot"] = first.Disk.Files["pages.snapshot"];
        second.Publisher.Restore();
        Assert.True(second.Publisher.Edition.IsRestored);
        Assert.Contains("Status Unknown", second.Read("/api/v2/status.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"known\":true", second.Read("/api/v2/summary.json"), StringComparison.Ordinal);
        Assert.NotEqual("", second.Read("/"));
        second.Started();
        Assert.False(second.Publisher.Edition.IsRestored);
    }

    [Fact]
    public void P_03_A_damaged_saved_page_is_found_and_never_served()
    {
        using var rig = new PublisherRig().Started();
        var good = rig.Disk.Files["pages.snapshot"];
        var random = new Random(3);
        for (var i = 0; i < Math.Max(2_000, Contracts.SqliteDamageTests.Flips); i++)
        {
            var spoilt = good.ToArray();
            spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
            rig.Disk.Files["pages.snapshot"] = spoilt;
            Assert.Null(new SavedEdition(rig.Disk, "pages.snapshot").Load());
        }

        rig.Disk.Files["pages.snapshot"] = good;
        Assert.NotNull(new SavedEdition(rig.Disk, "pages.snapshot").Load());
    }

    [Fact]
    public void Pages_that_were_made_for_other_readers_are_not_shown_at_a_start()
    {
        using var rig = new PublisherRig(make: static one => new(
            one.Desk, new SavedEdition(one.Disk, "pages.snapshot") { Mark = static () => "as it was" }, one.Time, NullLogger<Publisher>.Instance)).Started();
        Assert.True(rig.Disk.Files.ContainsKey("pages.snapshot"));

        SavedEdition Saved(Func<string, bool> isStillFor) => new(rig.Disk, "pages.snapshot") { IsStillFor = isStillFor };
        Assert.NotNull(Saved(static mark => mark == "as it was").Load());
        Assert.Null(Saved(static _ => false).Load());
    }

    [Fact]
    public void A_full_disk_takes_nothing_from_the_readers()
    {
        using var rig = new PublisherRig();
        rig.Disk.IsFull = true;
        rig.Started();
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, rig.Now));
        Assert.Contains("Partial System Outage", rig.Read("/api/v2/status.json"), StringComparison.Ordinal);
        rig.Disk.IsFull = false;
        rig.Pass(TimeSpan.FromSeconds(40));
        Assert.True(rig.Disk.Files.ContainsKey("pages.snapshot"));
    }

    [Fact]
    public void What_is_over_stays_where_links_lead_and_what_was_taken_out_of_it_is_gone_at_once()
    {
        var (work, ann) = (new MaintenanceId("disks0000001"), Actor.Person("ann"));
        using var rig = new PublisherRig().Started();
        rig.Happen(new MaintenanceScheduled(rig.Now, work, new("New disks", rig.Now, rig.Now.AddHours(1), [MadeUpWorld.Mail]), "The password is hunter2.", ann));
        rig.Pass(TimeSpan.FromSeconds(2));
        rig.Happen(new MaintenanceUpdated(rig.Now, work, 2, MaintenanceStatus.Completed, "Done.", Automatic: false) { By = ann });
        rig.Pass(TimeSpan.FromSeconds(2));

        Assert.Contains("hunter2", rig.ReadAt($"/maintenance/{work}", rig.Now), StringComparison.Ordinal);

        rig.Happen(new MaintenanceUpdateEdited(rig.Now, work, 1, "There is none.", Typo: false, ann));
        rig.Pass(TimeSpan.FromSeconds(2));

        Assert.Contains("There is none.", rig.ReadAt($"/maintenance/{work}", rig.Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P_17_A_page_that_was_rendered_while_the_clock_was_ahead_is_rendered_again()
    {
        var (shelf, rendered) = (new Shelf(), 0);
        var plan = new PagePlan("/", "the same", TimeSpan.FromMinutes(1), (_, _) =>
        {
            rendered++;
            return Task.FromResult<Rendition?>(new("/", "text/plain", "well"u8.ToArray()));
        });
        var now = SampleBriefs.Well();
        await shelf.RenewAsync([plan], now with { Now = now.Now.AddDays(1) }, static _ => true, TestContext.Current.CancellationToken);
        await shelf.RenewAsync([plan], now, static _ => true, TestContext.Current.CancellationToken);
        await shelf.RenewAsync([plan], now, static _ => true, TestContext.Current.CancellationToken);

        Assert.Equal(2, rendered);
    }

    [Fact]
    public void Incidents_that_are_long_over_are_rendered_once()
    {
        var world = MadeUpWorld.Well();
        for (var i = 0; i < 60; i++)
        {
            var id = $"incident{i:0000}";
            world = world.After(
                MadeUpWorld.Opened(id, MadeUpWorld.Start, "Mail is down", MadeUpWorld.Mail),
                MadeUpWorld.Updated(id, 2, MadeUpWorld.Start.AddHours(1), IncidentStatus.Resolved, "Over."));
        }

        using var rig = new PublisherRig(world, start: MadeUpWorld.Start.AddDays(3)).Started();
        rig.Pass(TimeSpan.FromSeconds(2));
        Assert.True(rig.Publisher.Edition.IsComplete);
        Assert.Equal(60, rig.Publisher.Edition.Archive.Count);
        var page = rig.Publisher.Edition.Find("/incidents/incident0007", rig.Now);
        Assert.NotNull(page);
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, rig.Now));
        rig.Pass(TimeSpan.FromMinutes(2));
        Assert.Same(page, rig.Publisher.Edition.Find("/incidents/incident0007", rig.Now));
    }
    [Fact(Timeout = 60_000)]
    public async Task Whoever_asks_for_a_page_does_not_share_a_thread_with_whoever_renders_one()
    {
        const string name = "pages";
        var where = new System.Collections.Concurrent.ConcurrentQueue<(string Path, string? Thread)>();
        var desk = new BriefDesk(TimeProvider.System, MadeUpWorld.Well().After(
            MadeUpWorld.Opened("incident0001", MadeUpWorld.Start, "Homepage is down", MadeUpWorld.Homepage),
            MadeUpWorld.Updated("incident0001", 2, MadeUpWorld.Start.AddHours(1), IncidentStatus.Resolved, "Over.")));
        var publisher = new Publisher(desk, new SavedEdition(new MemoryDisk(), "pages.snapshot"), TimeProvider.System, NullLogger<Publisher>.Instance)
        {
            Threads = new(1, name, nice: 0),
            Front = brief => Catalogue.FrontOf(brief).Select(Noted),
            Past = brief => Catalogue.ArchiveOf(brief).Select(Noted),
        };
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        // A server has no context of its own to come back to, and a test has.
        var running = Task.Run(() => publisher.RunAsync(stopping.Token), stopping.Token);
        while (!publisher.Edition.IsComplete)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Contains(where, static one => one.Path == "/incidents/incident0001");
        Assert.Contains(where, static one => one.Path == "/");
        Assert.All(where, static one => Assert.Equal(name, one.Thread));

        PagePlan Noted(PagePlan plan) => plan with
        {
            Render = (brief, cancellation) =>
            {
                where.Enqueue((plan.Path, Thread.CurrentThread.Name));
                return plan.Render(brief, cancellation);
            },
        };
    }
}

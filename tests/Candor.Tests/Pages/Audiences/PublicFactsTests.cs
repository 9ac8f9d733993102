using System.Text;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.State;
using Candor.State.Incidents;
using Candor.Testing;
using Candor.Tests.Languages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Pages.Audiences;

/// <summary>What pages are made of, and that nothing else makes them anew.</summary>
public sealed class PublicFactsTests
{
    private const string IncidentPage = "/incidents/everybody000";
    private static readonly Topic Told = Topic.Of(new IncidentId("everybody000"));
    private static readonly SubscriberId Ada = new("subscriberad");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Briefs => [.. GermanBriefs.All.Keys];

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task Pages_made_of_them_say_all_that_pages_made_of_all_facts_say(string name)
    {
        var sample = GermanBriefs.All[name]();
        var world = sample.World.After(
            new WidgetConfigured(sample.Now, new(WidgetCorner.TopRight) { IncidentBackground = "#113355" }, new("person:ada000000000")),
            new HistoryImported(sample.Now, new("importone000"), "statuspage", new("person:ada000000000")) { Page = "status.heron.example", Names = [new(new("gone00000000"), "Fax")] },
            new IncidentOpened(sample.Now.AddDays(-3), new("brought00000"), "Faxes were lost", sample.Now.AddDays(-3), Automatic: false, Published: true, "It was said elsewhere.", [new(new("gone00000000"), ComponentStatus.MajorOutage, sample.Now.AddDays(-3))])
            {
                Status = IncidentStatus.Resolved, Origin = "importone000/1", Backfilled = true,
            });
        var shown = new AudienceView(null, world).Of(world);

        var whole = await RenderAsync(sample with { World = world with { LatestAt = shown.LatestAt } });
        var part = await RenderAsync(sample with { World = shown, WhoIsTold = PublicFacts.WithTold(shown, world) });

        Assert.NotEmpty(whole);
        Assert.Equal(whole, part);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("staff")]
    public void What_no_page_shows_renders_only_the_pages_that_count_who_is_told(string? audience)
    {
        foreach (var (world, counts) in new[] { (Open(), true), (PrivateWorld.Made(), false) })
        {
            var desk = new BriefDesk(new ManualTimeProvider(PrivateWorld.Start.AddHours(2)), world);
            var briefs = new AudienceBriefs(desk, audience);
            foreach (var (fact, isCounted) in Hidden())
            {
                var before = briefs.Current();
                desk.Happen(fact);
                var after = briefs.Current();

                Assert.Same(before.World, after.World);
                string[] other = counts && isCounted ? [IncidentPage, "/status.json"] : ["/status.json"];
                Assert.Equal(other, Anew(before, after));
            }
        }
    }

    [Fact]
    public void While_a_crowd_is_told_its_page_counts_on_and_no_other_is_rendered()
    {
        var rendered = new List<string>();
        using var rig = new PublisherRig(Open(), one => new(new AudienceBriefs(one.Desk, null), new SavedEdition(one.Disk, "pages"), one.Time, NullLogger<Publisher>.Instance)
        {
            Front = brief => Catalogue.FrontOf(brief).Select(plan => plan with
            {
                Render = (from, cancellation) =>
                {
                    rendered.Add(plan.Path);
                    return plan.Render(from, cancellation);
                },
            }),
        });
        rig.Happen(Joined());
        rig.Started();
        Assert.Contains("Told nobody yet; 1 waits.", rig.Read(IncidentPage), StringComparison.Ordinal);
        rendered.Clear();

        rig.Happen(new NoticesHandedOver(rig.Now, "email", [new(Told, 1, NumberSet.Parse("1"))]));
        rig.Pass(TimeSpan.FromSeconds(2));

        Assert.Contains("Told 1 subscriber.", rig.Read(IncidentPage), StringComparison.Ordinal);

        // Each also as it reads when nobody can vouch for it.
        Assert.Equal([IncidentPage, IncidentPage, "/status.json", "/status.json"], rendered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_own_time_for_the_peer_is_when_something_on_the_page_changed()
    {
        var desk = new BriefDesk(new ManualTimeProvider(PrivateWorld.Start.AddHours(2)), Open());
        var briefs = new AudienceBriefs(desk, null);
        var before = await SummaryAsync(briefs.Current());

        desk.Happen(new AuditRecorded(PrivateWorld.Start.AddHours(1), new("person:ada000000000"), "sign_in", "ada"));
        Assert.Equal(before, await SummaryAsync(briefs.Current()));

        desk.Happen(MadeUpWorld.Opened("draft0000000", PrivateWorld.Start.AddHours(1), "Not yet said") with { Published = false });
        Assert.Equal(before, await SummaryAsync(briefs.Current()));

        desk.Happen(MadeUpWorld.Updated("everybody000", 2, PrivateWorld.Start.AddMinutes(90), IncidentStatus.Identified, "Found."));
        Assert.Contains("\"updated_at\":\"2026-03-01T10:30:00.000Z\"", await SummaryAsync(briefs.Current()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_private_when_it_was_removed_and_comes_back_for_everybody_brings_its_incidents()
    {
        var component = new ComponentAdded(PrivateWorld.Start, new(new("vaultpublic0"), "Vault", null, 9) { OnlyFor = ["staff"] });
        var desk = new BriefDesk(new ManualTimeProvider(PrivateWorld.Start.AddHours(2)), MadeUpWorld.Well().After(
            component, MadeUpWorld.Opened("everybody000", PrivateWorld.Start, "Vault is shut", component.Component.Id), new ComponentRemoved(PrivateWorld.Start, component.Component.Id)));
        var briefs = new AudienceBriefs(desk, null);
        Assert.Empty(briefs.Current().World.Incidents);

        desk.Happen(component with { Component = component.Component with { OnlyFor = [] } });

        Assert.Single(briefs.Current().World.Incidents);
    }

    private static World Open() => MadeUpWorld.Well().After(
        MadeUpWorld.Opened("everybody000", PrivateWorld.Start.AddMinutes(5), "Something for everybody"));

    private static SubscriberJoined Joined() => new(PrivateWorld.Start, Ada, new("email"), Confirmed: true);

    /// <summary>Facts of a busy day, and whether the page of the incident counts them.</summary>
    private static IEnumerable<(Event Fact, bool IsCounted)> Hidden()
    {
        var now = PrivateWorld.Start.AddHours(1);
        yield return (Joined(), true);
        yield return (new NoticesHandedOver(now, "email", [new(Told, 1, NumberSet.Parse("1"))]), true);
        yield return (new SubscriberLeft(now, Ada), true);
        yield return (new DigestClosed(now, DigestEvery.Hourly, now.AddHours(-1), now), false);
        yield return (new AuditRecorded(now, new("person:ada000000000"), "sign_in", "ada"), false);
        yield return (new RequestAnswered(now, "key", "asked", "target"), false);
        yield return (new TemplateSaved(now, new("template0000"), new("Slow", "Slow mail", "It is slow."), new("person:ada000000000")), false);
        yield return (new ReminderRaised(now, Told, ReminderCause.Silence, now), false);
        yield return (new UnreadEvent(now, "new_kind"), false);
    }

    private static IEnumerable<string> Anew(Brief before, Brief after)
    {
        var keys = PlansOf(before).ToDictionary(static plan => plan.Path, static plan => plan.Key);
        return PlansOf(after).Where(plan => !plan.Key.Equals(keys[plan.Path])).Select(static plan => plan.Path).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<PagePlan> PlansOf(Brief brief) => Catalogue.FrontOf(brief).Concat(Catalogue.ArchiveOf(brief));

    private static async Task<string> SummaryAsync(Brief brief) => Encoding.UTF8.GetString(
        (await PlansOf(brief).Single(static plan => plan.Path == "/api/v2/status.json").Render(brief, Ct))!.Content);

    private static async Task<SortedDictionary<string, string>> RenderAsync(Brief brief)
    {
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var plan in PlansOf(brief))
        {
            pages[plan.Path] = Encoding.UTF8.GetString((await plan.Render(brief, Ct))!.Content);
        }

        return pages;
    }
}

using System.Text;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.State;

namespace Candor.Tests.Pages.Audiences;

/// <summary>Every form of every page for every audience, searched byte by byte for what it must not hold.</summary>
public sealed class AudienceMatrixTests
{
    private static readonly string?[] Audiences = [null, "customers", "staff"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_09_No_derived_form_of_any_page_holds_what_is_for_others()
    {
        var world = PrivateWorld.Made();
        foreach (var audience in Audiences)
        {
            var pages = await RenderAsync(BriefOf(world, audience));
            foreach (var (word, readers) in PrivateWorld.Secrets)
            {
                var holding = pages.Where(page => page.Key.Contains(word, StringComparison.OrdinalIgnoreCase)
                    || page.Value.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(static page => page.Key).ToList();
                if (audience is null || !readers.Contains(audience))
                {
                    Assert.True(holding.Count == 0, $"{audience ?? "everybody"} finds {word} in {string.Join(", ", holding)}");
                }
                else
                {
                    string[] everywhere = word == "ownword" ? ["/", "/status.json", "/feed.atom", "/feed.rss", "/api/v2/incidents.json", "/calendar.ics"]
                        : word == "formerword" ? ["/", "/status.json", "/feed.atom", "/feed.rss", "/api/v2/incidents.json"]
                        : ["/", "/status.json", "/feed.atom", "/feed.rss", "/calendar.ics", "/api/v2/summary.json", "/api/v2/components.json", "/maintenance"];
                    Assert.Empty(everywhere.Except(holding));
                }
            }
        }
    }

    [Fact]
    public async Task What_is_said_for_everybody_is_whole_also_where_something_beside_it_is_not()
    {
        var pages = await RenderAsync(BriefOf(PrivateWorld.Made(), null));

        Assert.Contains("Homepage is away", pages["/incidents/bothpublic00"], StringComparison.Ordinal);
        Assert.Contains("Something for everybody", pages["/status.json"], StringComparison.Ordinal);
        Assert.Contains(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"monitors\":{{\"configured\":{MadeUpWorld.Well().Monitors.Count},"),
            pages["/status.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SEC_27_Whom_a_whole_page_is_not_for_finds_the_way_in_and_nothing_else()
    {
        var world = PrivateWorld.Made();
        world = world.After(new PageConfigured(PrivateWorld.Start.AddHours(1), world.Page with { OnlyFor = ["staff"] }));
        foreach (var audience in new[] { null, "customers" })
        {
            var pages = await RenderAsync(BriefOf(world, audience));

            Assert.DoesNotContain(pages.Keys, static path => path is not "/" and not "/404" && !path.StartsWith("/assets/", StringComparison.Ordinal) && path != "/favicon.svg");
            Assert.All(pages.Where(static page => page.Key is "/" or "/404"), static page => Assert.DoesNotContain("Heron", page.Value, StringComparison.Ordinal));
            Assert.Contains("/sign-in", pages["/"], StringComparison.Ordinal);
        }

        Assert.Contains("Heron", (await RenderAsync(BriefOf(world, "staff")))["/"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_private_now_was_not_public_before()
    {
        var past = MadeUpWorld.Well();
        var today = past.After(new ComponentChanged(PrivateWorld.Start.AddHours(1), past.Components[MadeUpWorld.Mail].Definition with { OnlyFor = ["staff"] }));

        Assert.False(new AudienceView(null, today).Of(past).Components.ContainsKey(MadeUpWorld.Mail));
        Assert.True(new AudienceView("staff", today).Of(past).Components.ContainsKey(MadeUpWorld.Mail));
        Assert.False(new AudienceView(null, past).Of(today).Components.ContainsKey(MadeUpWorld.Mail));
    }

    [Fact]
    public void A_group_of_which_nothing_is_left_is_not_there()
    {
        var world = MadeUpWorld.Well();
        world = world.After(new[] { MadeUpWorld.Homepage, MadeUpWorld.Login }.Select(id =>
            new ComponentChanged(PrivateWorld.Start.AddHours(1), world.Components[id].Definition with { OnlyFor = ["staff"] })));

        Assert.Equal([MadeUpWorld.Mail], new AudienceView(null, world).Of(world).Components.Keys);
    }

    [Fact]
    public void Where_something_is_private_pages_keep_what_the_owner_chose_for_all_of_them()
    {
        var world = PrivateWorld.Made().After(new WidgetConfigured(PrivateWorld.Start, new(WidgetCorner.TopRight), new("person:ada000000000")));

        Assert.Equal(WidgetCorner.TopRight, new AudienceView(null, world).Of(world).Widget.Corner);
    }

    [Fact]
    public void What_did_not_change_is_handed_out_as_the_same_objects()
    {
        var desk = new BriefDesk(new Candor.Testing.ManualTimeProvider(PrivateWorld.Start.AddMinutes(1)), PrivateWorld.Made());
        var briefs = new AudienceBriefs(desk, null);
        var before = briefs.Current().World;
        Assert.Same(before, briefs.Current().World);

        desk.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, PrivateWorld.Start.AddHours(1)));
        var after = briefs.Current().World;

        Assert.NotEqual(before.Components[MadeUpWorld.Mail], after.Components[MadeUpWorld.Mail]);
        Assert.Same(before.Incidents, after.Incidents);
        Assert.Same(before.Maintenances, after.Maintenances);
    }

    private static Brief BriefOf(World world, string? audience) => new AudienceBriefs(
        new BriefDesk(new Candor.Testing.ManualTimeProvider(PrivateWorld.Start.AddHours(2)), world), audience).Current();

    private static async Task<Dictionary<string, string>> RenderAsync(Brief brief)
    {
        var pages = new Dictionary<string, string>();
        foreach (var plan in Catalogue.FrontOf(brief).Concat(brief.IsClosed ? [] : Catalogue.ArchiveOf(brief)))
        {
            // The last known version is a page like any other.
            foreach (var from in new[] { brief, LastKnown.Of(brief) })
            {
                var rendition = await plan.Render(from, Ct);
                pages[plan.Path] = pages.GetValueOrDefault(plan.Path) + Encoding.UTF8.GetString(rendition!.Content) + rendition.ContentSecurityPolicy;
            }
        }

        return pages;
    }
}

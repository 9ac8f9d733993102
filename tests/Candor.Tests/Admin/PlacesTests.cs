using Candor.Access;
using Candor.Admin.Places;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Access;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

/// <summary>Everything that can be gone to, with a script and without; and a template from what stands in the composer.</summary>
public sealed class PlacesTests : IAsyncLifetime
{
    private static readonly IncidentId Open = new("open00000000");
    private static readonly IncidentId Over = new("over00000000");
    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await StartAsync(
        new IncidentOpened(Cast.Now, Open, "Mail is late", Cast.Now, false, true, "We look.", [new(Told.Mail, ComponentStatus.PartialOutage, Cast.Now)]),
        new IncidentOpened(Cast.Now, Over, "API was slow", Cast.Now, false, true, "We look.", []),
        new IncidentUpdated(Cast.Now, Over, 2, IncidentStatus.Resolved, "It works.", false, []));

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task What_goes_on_comes_first_and_every_page_is_there()
    {
        var page = await rig.GetAsync("/go");
        var paths = page.Page.QuerySelectorAll(".places a").Select(static link => link.GetAttribute("href")!).ToList();

        Assert.Equal($"/incidents/{Open}", paths[0]);
        Assert.All(
            ["/incidents/new", "/maintenance/new", "/templates/new", "/now", "/subscribers", "/people", "/audit", $"/incidents/{Over}", $"/incidents/{Over}/postmortem"],
            path => Assert.Contains(path, paths));
    }

    [Fact]
    public async Task Words_narrow_it_down()
    {
        var page = await rig.GetAsync("/go?q=LATE%20incident");

        Assert.Equal([$"/incidents/{Open}"], page.Page.QuerySelectorAll(".places a").Select(static link => link.GetAttribute("href")));
        Assert.Contains("Nothing has all of these words.", (await rig.GetAsync("/go?q=zzzz")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_sent_where_they_may_not_go()
    {
        var viewer = new PersonPrincipal(new("grace0000000"), "Grace", Role.Viewer, Reach.Everything, "grace", Cast.Now);
        var paths = (await rig.GetAsync("/go", viewer)).Page.QuerySelectorAll(".places a").Select(static link => link.GetAttribute("href")).ToList();

        Assert.DoesNotContain("/people", paths);
        Assert.DoesNotContain("/subscribers", paths);
        Assert.DoesNotContain("/incidents/new", paths);
        Assert.Contains("/now", paths);
    }

    [Fact]
    public void A_word_is_looked_for_in_name_and_kind()
    {
        Place[] places = [new("Mail is late", "open incident", "/a"), new("Incidents", "page", "/b")];

        Assert.Equal(["/a"], PlaceList.Matching(places, "incident mail").Select(static place => place.Path));
        Assert.Equal(2, PlaceList.Matching(places, "  ").Count());
    }

    [Fact]
    public async Task What_stands_in_the_composer_becomes_a_template()
    {
        var offered = await rig.PostAsync(
            "/templates/draft", Ada, ("title", "Mail is late"), ("status", "identified"), ("body", "Some *mail* waits."), ("c:mail", "partial_outage"), ("key", "k"), ("seen", ""), ("next", "30"));
        Assert.Empty(rig.World.Templates);

        var saved = await rig.FillAsync(offered, "#template", Ada, ("name", "Late mail"));

        Assert.Equal(303, saved.Status);
        var template = Assert.Single(rig.World.Templates.Values);
        Assert.Equal(("Late mail", "Mail is late", "Some *mail* waits.", IncidentStatus.Identified), (template.Name, template.Title, template.Body, template.Status));
        Assert.Equal([(Told.Mail, ComponentStatus.PartialOutage)], template.Components.Select(static one => (one.Component, one.Status)));
        Assert.NotNull((await rig.GetAsync($"/incidents/{Open}")).Page.QuerySelector("#save-template"));
    }
}

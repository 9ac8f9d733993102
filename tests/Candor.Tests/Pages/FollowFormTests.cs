using System.Collections.Frozen;
using System.Text;
using Candor.Pages;
using Candor.Pages.Copies;
using Candor.Pages.Html;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

/// <summary>The form on an incident's page: there where somebody can be told of it, and nowhere else.</summary>
public sealed class FollowFormTests
{
    private const string Form = "name=\"incident\" value=\"incident0001\"";
    private const string Path = "/incidents/incident0001";

    private static readonly DateTimeOffset Now = MadeUpWorld.Start.AddHours(2);

    private static readonly World Open = MadeUpWorld.Well().After(MadeUpWorld.Opened("incident0001", MadeUpWorld.Start.AddHours(1), "Homepage is down", MadeUpWorld.Homepage));

    private static Brief Told => new(Open, Now) { ToldBy = ["email", "webhook"] };

    [Fact]
    public async Task An_open_incident_that_everybody_sees_has_a_form_for_each_way_that_there_is()
    {
        Assert.Equal(3, (await RenderAsync(Told)).Split(Form).Length);
        Assert.Equal(2, (await RenderAsync(Told with { ToldBy = ["email"] })).Split(Form).Length);
    }

    [Fact]
    public async Task Where_nobody_can_be_told_of_it_there_is_none()
    {
        var resolved = Open.After(MadeUpWorld.Updated("incident0001", 2, Now, IncidentStatus.Resolved, "It works."));
        var inPart = Open.After(new ComponentChanged(Now, Open.Components[MadeUpWorld.Homepage].Definition with { OnlyFor = ["staff"] }));
        Brief[] briefs =
        [
            Told with { ToldBy = [] },
            Told with { ToldBy = ["telegram"] },
            Told with { IsPast = true },
            Told with { World = resolved },
            Told with { World = inPart },
            Told with { World = Open with { Page = Open.Page with { Url = null } } },
        ];
        foreach (var brief in briefs)
        {
            Assert.DoesNotContain(Form, await RenderAsync(brief), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_copy_on_another_host_has_no_form_that_nobody_there_would_answer()
    {
        var page = PageBytes.From((await HtmlPages.Render(Told, Path, TestContext.Current.CancellationToken))!, null);
        Assert.Contains("id=\"follow\"", Encoding.UTF8.GetString(page.Identity.Bytes.Span), StringComparison.Ordinal);
        var edition = new Edition { Front = new Dictionary<string, PageBytes> { [Path] = page }.ToFrozenDictionary(StringComparer.Ordinal) };

        var file = Encoding.UTF8.GetString(Assert.Single(EditionCopy.Of(edition, Now)).Content);

        Assert.DoesNotContain("<form", file, StringComparison.Ordinal);
        Assert.Contains("How we told it", file, StringComparison.Ordinal);
        Assert.EndsWith("</html>", file.TrimEnd(), StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync(Brief brief) =>
        Encoding.UTF8.GetString((await HtmlPages.Render(brief, Path, TestContext.Current.CancellationToken))!.Content);
}

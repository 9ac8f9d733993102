using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Candor.Access;
using Candor.Admin;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;
using Candor.Tests.Access;
using Candor.Tests.Pages;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

/// <summary>Strings that would run if anything let them, in every field that operators see.</summary>
public sealed class HostileTextTests
{
    private const int InOneField = 10;
    private const int PortionSize = 100;

    public static TheoryData<int> Portions => [.. Enumerable.Range(0, (XssStrings.All.Length + PortionSize - 1) / PortionSize)];

    [Theory]
    [MemberData(nameof(Portions))]
    public async Task SEC_21_No_text_in_any_field_becomes_markup_on_a_page_of_operators(int portion)
    {
        var texts = XssStrings.All.Skip(portion * PortionSize).Take(PortionSize).Chunk(InOneField).Select(static some => string.Join(' ', some)).ToList();
        await using var rig = await StartAsync();
        var (by, paths) = (new Actor("person:ada000000000"), new List<string> { "/now", "/incidents", "/incidents/new", "/maintenance", "/maintenance/new", "/templates", "/audit" });
        foreach (var (i, text) in texts.Index())
        {
            var (incident, component, work, template) = (new IncidentId($"i{i:00000000000}"), new ComponentId($"c{i:00000000000}"), new MaintenanceId($"m{i:00000000000}"), new TemplateId($"t{i:00000000000}"));
            await rig.HappenAsync(
                new ComponentAdded(Cast.Now, new(component, text, null, i) { Regions = [text] }),
                new IncidentOpened(Cast.Now, incident, text, Cast.Now, i % 2 == 0, true, text, [new(component, ComponentStatus.MajorOutage, Cast.Now) { Region = text }]) { By = by },
                new IncidentSuggested(Cast.Now, incident, SuggestionKind.Monitoring, text),
                new UpdateEdited(Cast.Now, incident, 1, text + " ", Typo: false, by),
                new ComponentPinned(Cast.Now, component, ComponentStatus.MajorOutage, Cast.Now.AddHours(1), by) { Reason = text },
                new MaintenanceScheduled(Cast.Now, work, new(text, Cast.Now.AddHours(1), Cast.Now.AddHours(2), [component]), text, by),
                new PostmortemDrafted(Cast.Now, incident, [new(text, text)], by),
                new ActionItemSet(Cast.Now, incident, new(new($"a{i}"), text, text, null), by),
                new TemplateSaved(Cast.Now, template, new(text, text, text), by),
                new AuditRecorded(Cast.Now, by, text, text) { Reason = text, Address = text });
            paths.AddRange([$"/incidents/{incident}", $"/incidents/{incident}/now", $"/incidents/{incident}/updates/1", $"/incidents/{incident}/postmortem", $"/components/{component}", $"/maintenance/{work}", $"/templates/{template}", $"/incidents/new?template={template}"]);
        }

        foreach (var path in paths)
        {
            Inspect(await rig.GetAsync(path), path);
        }
    }

    [Fact]
    public async Task SEC_21_What_is_sent_and_comes_back_is_text_as_well()
    {
        await using var rig = await StartAsync();
        foreach (var text in XssStrings.All.Chunk(InOneField).Select(static some => string.Join(' ', some)))
        {
            var back = await rig.PostAsync("/incidents", Ada, ("title", text), ("body", text), ("status", text), ("next", text), ("next_at", text), ("began", text), ("impact", text), ("key", "k"), ("seen", text));
            Inspect(back, text);
            Inspect(await rig.PostAsync("/maintenance", Ada, ("title", text), ("body", text), ("from", text), ("until", text), ("rule", text), ("own_rule", text), ("zone", text), ("verify", text), ("remind", text), ("key", "k")), text);
            Inspect(await rig.PostAsync("/incidents/preview", Ada, ("title", text), ("body", text), ("status", "investigating"), ("key", "k"), ("seen", "")), text);
        }
    }

    private static void Inspect(Answer answer, string where)
    {
        Assert.True(answer.Status is 200 or 303 or 400 or 422, $"{where}: {answer.Status}");
        Assert.All(answer.Page.All, element =>
        {
            Assert.False(element.LocalName is "iframe" or "object" or "embed" or "base" or "img" or "video" or "audio" or "math" or "template" or "marquee" or "animate", $"{where}: {element.OuterHtml}");
            Assert.All(element.Attributes, attribute => Assert.False(
                attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc", $"{where}: {element.OuterHtml}"));
        });
        Assert.All(answer.Page.Scripts, script => Assert.True(AdminAssets.ScriptPaths.Append(AdminAssets.PalettePath).Contains(script.GetAttribute("src")) && script.TextContent.Length == 0, where));
        Assert.True(answer.Page.QuerySelectorAll("style").Length <= 1, where);
        Assert.All(answer.Page.QuerySelectorAll("form"), form => Assert.StartsWith("/", form.GetAttribute("action"), StringComparison.Ordinal));
        Assert.All(answer.Page.QuerySelectorAll("[formaction]"), button => Assert.StartsWith("/", button.GetAttribute("formaction"), StringComparison.Ordinal));
        Assert.All(answer.Page.QuerySelectorAll("a[href]"), link => Assert.True(
            link.GetAttribute("href") is ['/', not '/' and not '\\', ..] or "/" or ['#', ..] || SafeLink.Allows(link.GetAttribute("href")), $"{where}: {link.OuterHtml}"));
    }
}

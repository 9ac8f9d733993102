using Candor.Languages;
using Candor.Pages;
using Candor.State;

namespace Candor.Tests.Languages;

/// <summary>Everything in a world that people or machines wrote and that no language of the page translates.</summary>
internal static class PeoplesWords
{
    public static IReadOnlyList<string> In(Brief brief) =>
    [
        .. All(brief).OfType<string>().Select(static text => text.Trim()).Where(static text => text.Length > 0)
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string?> All(Brief brief) =>
    [
        .. Of(brief.World.Page), brief.Audience, "Candor",
        .. brief.World.Components.Values.SelectMany(Of),
        .. brief.World.FormerNames.Values, .. brief.World.HistoricNames.Values,
        .. brief.World.Monitors.Keys.Select(static id => id.Value),
        .. brief.World.Policy.Vantages.Select(static id => id.Value),
        .. brief.World.Vantages.Values.SelectMany(static one => Reason(one.Reason)),
        .. brief.World.Incidents.Values.SelectMany(static one => new[] { one.Title, one.Removed?.Reason }
            .Concat(one.Updates.SelectMany(static update => new[] { update.Body, update.Removed?.Reason }
                .Concat(update.Files.SelectMany(static file => new[] { file.Name, file.Alt }))))),
        .. brief.World.Maintenances.Values.SelectMany(static one => new[] { one.Title, one.Removed?.Reason, one.Cancelled?.Reason }
            .Concat(one.Updates.Select(static update => update.Removed?.Reason))),
        .. brief.World.Postmortems.Values.SelectMany(static one => one.Published.Select(static part => part.Heading)
            .Concat(one.Actions.SelectMany(static action => new[] { action.Item.Text, action.Item.Owner, action.Dropped?.Reason }))),
        .. brief.World.Metrics.Values.Select(static one => one.Definition.Name),
    ];

    private static IEnumerable<string?> Of(Page page) => [page.Name, page.Description, page.Url, page.TimeZone];

    /// <summary>What a probe said, and what is told of it: only phrases of Candor's own are translated.</summary>
    private static string[] Reason(string reason) => [Language.German.Reason(reason)];

    private static IEnumerable<string?> Of(Component component) =>
    [
        component.Definition.Name, component.Definition.Description, .. Reason(component.Reason ?? ""), component.Pin?.Reason, .. component.Definition.Regions,
    ];
}

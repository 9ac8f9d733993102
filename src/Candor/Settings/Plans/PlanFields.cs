using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Candor.Settings.Forms;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Settings.Plans;

/// <summary>
/// Everything that a definition says, field by field, in the words and forms of the settings file. Two definitions are
/// the same when these are: records with lists in them do not compare by value.
/// </summary>
internal static class PlanFields
{
    public static IReadOnlyList<PlanField> Of(Page page) =>
    [
        new("id", page.Id), new("name", page.Name), new("url", page.Url), new("time_zone", page.TimeZone),
        new("language", page.Language),
        new("description", page.Description), new("accent", page.Accent), new("logo", page.LogoUrl),
        new("contact", page.ContactUrl), new("first_run", page.FirstRun ? "true" : null),
        new("audiences", List(page.Audiences)), new("only_for", List(page.OnlyFor)),
    ];

    public static IReadOnlyList<PlanField> Of(Policy policy) =>
    [
        new("incidents.automatic", policy.Automatic.ToString().ToLowerInvariant()),
        new("incidents.open_after", Durations.Write(policy.OpenAfter)),
        new("incidents.resolve_after", Durations.Write(policy.ResolveAfter)),
        new("incidents.texts.title", policy.Texts?.Title ?? "Candor's own"),
        new("incidents.texts.opened", policy.Texts?.Opened ?? "Candor's own"),
        new("incidents.texts.resolved", policy.Texts?.Resolved ?? "Candor's own"),
        .. Reminders(policy.Reminders ?? ReminderPolicy.Default),
        new("maintenance.outages", policy.Maintenance is { ExpectsOutage: true } ? "expect" : "show"),
        new("maintenance.uptime", policy.Maintenance is { CountsInUptime: true } ? "count" : "exclude"),
        new("vantage.controls", List(policy.Controls)),
        new("places", List(policy.Vantages.Select(v => v.Value))),
        .. policy.Regions.Select(region => new PlanField($"vantage.regions.{region.Region}", List(region.Places.Select(v => v.Value)))),
        new("egress.allow", List(policy.EgressAllow)),
        .. policy.AlertSources.Select(source => new PlanField(
            $"alerts.{source.Tool.ToString().ToLowerInvariant()}", source.Secret is { } secret ? $"by address and {secret}" : "by address")),
    ];

    private static IEnumerable<PlanField> Reminders(ReminderPolicy reminders) =>
    [
        new("incidents.reminders.silence", Durations.Write(reminders.Silence)),
        new("incidents.reminders.before_maintenance", Durations.Write(reminders.BeforeMaintenance)),
        new("incidents.reminders.every", Durations.Write(reminders.Every)),
        new("incidents.reminders.times", Number(reminders.Times)),
    ];

    public static IReadOnlyList<PlanField> Of(MonitorDefinition monitor) =>
    [
        new(monitor.Check.Kind, monitor.Check.Target),
        .. Options(monitor.Check),
        new("looks", monitor.Check.Front ?? monitor.Check.Behind, Looks(monitor.Check)) { IsDerived = true },
        new("every", Durations.Write(monitor.Every)),
        new("timeout", Durations.Write(monitor.Timeout)),
        new("from", List(monitor.From.Select(v => v.Value))),
        new("regions", List(monitor.Regions)),
        new("depends_on", List(monitor.DependsOn.Select(m => m.Value))),
        new("judging.down_after", Number(monitor.Rules.DownAfter)),
        new("judging.up_after", Number(monitor.Rules.UpAfter)),
        new("judging.min_live", Number(monitor.Rules.MinLive)),
    ];

    public static IReadOnlyList<PlanField> Of(ComponentDefinition component, PlanNames names) =>
    [
        new("name", component.Name),

        // A parent that is only renamed is still the same parent, so the id decides and the name is shown.
        new("below", component.Parent?.Value, component.Parent is { } parent ? names.Of(parent) : null),
        new("place", Number(component.Order + 1)),
        new("description", component.Description),
        new("monitors", List(component.Monitors.Select(m => m.Value))),
        new("redundancy.members", List(component.Redundancy?.Members.Select(m => m.Value) ?? [])),
        new("redundancy.need", Number(component.Redundancy?.Need)),
        new("only_show_if_degraded", component.OnlyShowIfDegraded ? "true" : null),
        new("regions", List(component.Regions)),
        new("only_for", List(component.OnlyFor)),
        new("show_uptime", component.ShowUptime ? null : "false"),
    ];

    public static ImmutableArray<FieldChange> Added(IReadOnlyList<PlanField> fields) =>
        [.. fields.Where(f => f is { Value: not null, IsDerived: false }).Select(f => new FieldChange(f.Name, null, f.Shown))];

    public static ImmutableArray<FieldChange> Changes(IReadOnlyList<PlanField> before, IReadOnlyList<PlanField> after)
    {
        var (old, now) = (ByName(before), ByName(after));
        return
        [
            .. before.Select(f => f.Name).Union(after.Select(f => f.Name), StringComparer.Ordinal)
                .Where(name => old.GetValueOrDefault(name)?.Value != now.GetValueOrDefault(name)?.Value)
                .Select(name => new FieldChange(name, old.GetValueOrDefault(name)?.Shown, now.GetValueOrDefault(name)?.Shown)),
        ];
    }

    private static Dictionary<string, PlanField> ByName(IReadOnlyList<PlanField> fields)
    {
        var byName = new Dictionary<string, PlanField>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            byName[field.Name] = field;
        }

        return byName;
    }

    private static string? Looks(Check check) => check.Front is not null ? "as readers do" : check.Behind is not null ? "past caches" : null;

    private static IEnumerable<PlanField> Options(Check check)
    {
        if (check.Options.Length == 0)
        {
            return [];
        }

        using var options = JsonDocument.Parse(check.Options);
        return [.. Flatten(check.Kind, options.RootElement).Where(f => f.Value is not ("" or "[]") && f.Value != check.Target)];
    }

    private static IEnumerable<PlanField> Flatten(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Flatten($"{name}.{p.Name}", p.Value)),
        JsonValueKind.String => [new(name, Read(value.GetString()!))],
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            [new(name, List(value.EnumerateArray().Select(item => item.GetString()!)) ?? "")],
        _ => [new(name, value.GetRawText())],
    };

    /// <summary>Options hold durations as 00:00:02; people wrote 2s.</summary>
    private static string Read(string text) =>
        text.Length >= 8 && text.Contains(':', StringComparison.Ordinal)
        && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration)
            ? Durations.Write(duration)
            : text;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? List(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : null;
}

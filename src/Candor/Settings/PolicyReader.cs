using System.Collections.Immutable;
using System.Net;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Settings;

/// <summary><c>incidents:</c>, <c>vantage:</c>, <c>egress:</c> and <c>alerts:</c>: what automation may do, how it may look and who may tell it.</summary>
internal static class PolicyReader
{
    public static Policy Read(Entry root, ImmutableArray<MonitorDefinition> monitors, Faults faults)
    {
        var policy = ReadIncidents(root, faults);
        var vantage = root.Map("vantage", faults);
        var regions = RegionsReader.Read(vantage, faults);
        return policy with
        {
            Controls = ReadControls(vantage, policy.Controls, faults),
            EgressAllow = ReadEgress(root, faults),
            AlertSources = AlertsReader.Read(root, faults),
            Maintenance = ReadMaintenance(root.Map("maintenance", faults), faults),

            Regions = regions,

            // A place counts as configured once it or a use of it is written, whether it is alive or not.
            Vantages =
            [
                .. ReadPlaces(vantage, faults).Concat(regions.SelectMany(region => region.Places)).Concat(monitors.SelectMany(m => m.From))
                    .Prepend(VantageId.Local).Distinct(),
            ],
        };
    }

    private static Policy ReadIncidents(Entry root, Faults faults)
    {
        var otherwise = Policy.Default;
        if (root.Map("incidents", faults) is not { } incidents)
        {
            return otherwise;
        }

        var delay = Durations.Between(TimeSpan.Zero, Defaults.IncidentDelayMost);
        return otherwise with
        {
            Automatic = incidents.Value(
                "automatic",
                Words.Of(("publish", AutomaticIncidents.Publish), ("confirm", AutomaticIncidents.Confirm), ("off", AutomaticIncidents.Off)),
                otherwise.Automatic,
                faults),
            OpenAfter = incidents.Value("open_after", delay, otherwise.OpenAfter, faults),
            ResolveAfter = incidents.Value("resolve_after", delay, otherwise.ResolveAfter, faults),
            Texts = ReadTexts(incidents.Map("texts", faults), faults),
            Reminders = ReadReminders(incidents.Map("reminders", faults), faults),
        };
    }

    private static MaintenancePolicy? ReadMaintenance(Entry? maintenance, Faults faults) => maintenance is null ? null : new(
        maintenance.Value("outages", Words.Of(("show", false), ("expect", true)), fallback: false, faults),
        maintenance.Value("uptime", Words.Of(("exclude", false), ("count", true)), fallback: false, faults));

    private static ReminderPolicy? ReadReminders(Entry? reminders, Faults faults)
    {
        var otherwise = ReminderPolicy.Default;
        return reminders is null ? null : new(
            reminders.Value("silence", Durations.Between(TimeSpan.FromMinutes(5), Defaults.ReminderMost), otherwise.Silence, faults),
            reminders.Value("before_maintenance", Durations.Between(TimeSpan.FromMinutes(1), Defaults.ReminderMost), otherwise.BeforeMaintenance, faults),
            reminders.Value("every", Durations.Between(TimeSpan.FromMinutes(1), Defaults.ReminderMost), otherwise.Every, faults),
            reminders.Value("times", Numbers.Between(1, Defaults.ReminderTimesMost), otherwise.Times, faults));
    }

    private static IncidentTexts? ReadTexts(Entry? texts, Faults faults) => texts is null ? null : new()
    {
        Title = texts.Value<string?>("title", Placed(255, IncidentTexts.OpeningNames), null, faults),
        Opened = texts.Value<string?>("opened", Placed(5_000, IncidentTexts.OpeningNames), null, faults),
        Resolved = texts.Value<string?>("resolved", Placed(5_000, IncidentTexts.ClosingNames), null, faults),
    };

    /// <summary>A text whose placeholders all stand for something.</summary>
    private static Form<string?> Placed(int lengthMax, ImmutableArray<string> names) => (string text, out string? value) =>
    {
        var remedy = Texts.LinesUpTo(lengthMax)(text, out value);
        return remedy ?? (Template.FaultsOf(text, names) is [var first, ..] ? first : null);
    };

    private static ImmutableArray<string> ReadControls(Entry? vantage, ImmutableArray<string> otherwise, Faults faults)
    {
        if (vantage?.Find("controls") is not { } written)
        {
            return otherwise;
        }

        var controls = vantage.List<string>("controls", ReadControl, faults);
        if (written is { Shape: Shape.List, Count: 0 })
        {
            faults.Add(written, "is an empty list", "name at least one target, or Candor cannot tell that it is blind itself");
        }

        return [.. controls.Distinct()];
    }

    private static IEnumerable<VantageId> ReadPlaces(Entry? vantage, Faults faults) =>
        (vantage?.List<string>("places", Ids.Read, faults) ?? []).Select(static place => new VantageId(place));

    private static string? ReadControl(string text, out string value)
    {
        value = text;
        return text is "gateway" or "resolvers" || HostPort.Read(text, out _) is null
            ? null
            : "write gateway, resolvers or host:port, such as one.one.one.one:443";
    }

    private static ImmutableArray<string> ReadEgress(Entry root, Faults faults)
    {
        if (root.Map("egress", faults) is not { } egress)
        {
            return [];
        }

        return [.. egress.List<IPNetwork>("allow", Cidrs.Read, faults).Select(network => network.ToString()).Distinct()];
    }
}

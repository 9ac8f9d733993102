using System.Globalization;
using Candor.Access;
using Candor.Access.Agents;
using Candor.Effects;
using Candor.Judging;
using Candor.State;

namespace Candor.Agents;

/// <summary>Every place there is: named in the settings, let in as an agent, or both. For operators to look at.</summary>
internal static class Fleet
{
    public static IReadOnlyList<PlaceRow> RowsOf(World world, Roster roster, Func<string, Standing?> standingOf) =>
    [
        .. world.Policy.Vantages.Select(static place => place.Value)
            .Concat(roster.Agents.Keys.Order(StringComparer.Ordinal))
            .Distinct()
            .Select(place => RowOf(place, world, roster.Agents.GetValueOrDefault(place), standingOf(place))),
    ];

    /// <summary>Each monitor as each of its places sees it; where one place is all there is too.</summary>
    public static IReadOnlyList<PlacedMonitor> MonitorsOf(World world, Bench bench, Reach reach, Moment now) =>
    [
        .. world.Monitors.Values.Where(monitor => world.Covers(reach, monitor.Id))
            .OrderBy(static monitor => monitor.Id.Value, StringComparer.Ordinal)
            .Select(monitor => new PlacedMonitor(
                monitor.Id.Value, Word(monitor.Verdict),
                [
                    .. Judge.SightsOf(bench, world, monitor, now).Select(static sight => new PlacedSight(
                        sight.Place.Value, Word(sight.Saw), sight.Reason, sight.ReadAt)),
                ])),
    ];

    /// <summary>
    /// What operators are told of a place that does not see: one sentence, however much it watches; null while it sees. Its
    /// monitors are told of nowhere: they are judged by the others, or unknown.
    /// </summary>
    public static string? Complaint(World world, VantageId place)
    {
        if (!world.Policy.Vantages.Contains(place) || world.Vantages.GetValueOrDefault(place) is not { Status: not VantageStatus.Live } blind)
        {
            return null;
        }

        var watched = world.Monitors.Values.Select(monitor => Judge.VantagesOf(world, monitor.Definition)).Where(places => places.Contains(place)).ToList();
        var alone = watched.Count(static places => places.Length == 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{place} {(blind.Status == VantageStatus.Blind ? "is blind" : "may be blind")}, so it has no vote: {blind.Reason}. {watched.Count} {(watched.Count == 1 ? "monitor is" : "monitors are")} looked at from there, {alone} from nowhere else.");
    }

    private static PlaceRow RowOf(string place, World world, Agent? agent, Standing? standing)
    {
        var (id, isLocal) = (new VantageId(place), place == VantageId.Local.Value);
        var known = world.Vantages.GetValueOrDefault(id);
        var state = agent switch
        {
            null => isLocal ? "built_in" : "none",
            { RevokedAt: not null, Code: null } => "revoked",
            { IsIn: true } => "in",
            _ => "invited",
        };
        var row = new PlaceRow(
            place, state, world.Policy.Vantages.Contains(id), Word(known?.Status ?? VantageStatus.Live), known?.Since, known?.Reason ?? "")
        {
            PrivateNetworks = agent?.Rights.PrivateNetworks,
            OnlyMonitors = agent is { Rights.Monitors: { Count: > 0 } only } ? only : null,
            EnrolledAt = agent?.EnrolledAt,
            RevokedAt = agent?.RevokedAt,
        };
        return standing is null ? row : row with
        {
            HeardAt = standing.HeardAt,
            LagSeconds = standing.Lag is { } lag ? Math.Round(lag.TotalSeconds, 3) : null,
            SkewSeconds = Math.Round(standing.Skew.TotalSeconds, 3),
            Version = standing.Version,
            InStep = standing.IsInStep,
            Waiting = standing.Waiting,
            Dropped = standing.Dropped,
            Late = standing.Late,
            Ignored = standing.Ignored,
            Words = standing.Words.Length > 0 ? standing.Words : null,
        };
    }

    private static string Word(VantageStatus status) => status.ToString().ToLowerInvariant();

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}

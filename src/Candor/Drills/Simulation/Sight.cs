using Candor.Judging;
using Candor.State;

namespace Candor.Drills.Simulation;

/// <summary>
/// What is said of the places that probe: one that cannot see is called blind in time, and whoever is not known to see has no
/// vote. Asked fact by fact, and at the end of the true times.
/// </summary>
internal sealed class Sight(Script script)
{
    /// <summary>From the first look in the dark to the stored fact: what a control target said last goes stale meanwhile.</summary>
    private static readonly TimeSpan Within = Lookout.Fresh + TimeSpan.FromSeconds(20);

    /// <summary>After a start or an edit it takes a while until control targets have answered.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(15);

    private readonly List<(TimeSpan At, VantageId Place, VantageStatus Status)> said = [];

    /// <summary>What is wrong with a fact, in the world before it; null where nothing is.</summary>
    public string? Ask(World world, Event happened, TimeSpan at)
    {
        switch (happened)
        {
            case VantageChanged changed:
                said.Add((at, changed.Vantage, changed.Status));
                return null;
            case MonitorJudged { Evidence.Live: var voters } judged:
                var seeing = Judge.VantagesOf(world, world.Monitors[judged.Monitor].Definition)
                    .Count(place => world.Vantages.GetValueOrDefault(place)?.Status is null or VantageStatus.Live);
                return voters <= seeing || WritesFailed(at)
                    ? null
                    : $"{at}: {voters} places were counted on {judged.Monitor.Value}, and only {seeing} were known to see.";
            default:
                return null;
        }
    }

    /// <summary>Then the fact that a place sees again may be stored a moment after one that counts on it.</summary>
    private bool WritesFailed(TimeSpan at) => script.Faults.Any(fault =>
        fault.Kind is FaultKind.JournalFails or FaultKind.DiskFails or FaultKind.Crash && fault.Touches(at - AMoment, at));

    /// <summary>Darkness that lasted, in which nothing else kept anybody from saying so, and that was not called so in time.</summary>
    public IEnumerable<string> Missed() => script.Faults
        .Where(fault => fault.Kind is FaultKind.Blind or FaultKind.OutpostBlind && fault.Until - fault.From >= Within && IsUndisturbed(fault))
        .Select(fault => (Fault: fault, Place: fault.Place is { } place ? new(place) : VantageId.Local))
        .Where(dark => StatusAt(dark.Place, dark.Fault.From + Within) != VantageStatus.Blind)
        .Select(dark => $"{dark.Place} could not see from {dark.Fault.From} until {dark.Fault.Until} and was not called blind by {dark.Fault.From + Within}.");

    private bool IsUndisturbed(Fault dark) => script.Faults.All(other =>
        other == dark || other.Service is not null
        || other.Kind is FaultKind.ClockJumps or FaultKind.PersonPosts or FaultKind.SettingsEdited or FaultKind.Blind or FaultKind.OutpostBlind
        || !other.Touches(dark.From - Settling, dark.From + Within));

    private VantageStatus? StatusAt(VantageId place, TimeSpan at) =>
        said.LastOrDefault(word => word.Place == place && word.At <= at) is { Place.Value: not null } last ? last.Status : null;
}

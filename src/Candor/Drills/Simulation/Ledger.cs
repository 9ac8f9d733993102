using Candor.Journal;

namespace Candor.Drills.Simulation;

/// <summary>What really happened in a run, by a clock that nobody can set: the measure of what the node then said.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, List<(TimeSpan At, bool Good)>> meetings = new(StringComparer.Ordinal);

    /// <summary>Every stored event with the true time of its write.</summary>
    public List<(Envelope Event, TimeSpan At)> Journal { get; } = [];

    /// <summary>What people were told is kept: the place, and the words.</summary>
    public List<(Position Position, string Body)> Acknowledged { get; } = [];

    /// <summary>When control targets answered.</summary>
    public List<TimeSpan> Answers { get; } = [];

    /// <summary>When a write last failed; null where none has.</summary>
    public TimeSpan? WriteFailedAt { get; set; }

    public void Met(string service, bool good, TimeSpan at)
    {
        if (!meetings.TryGetValue(service, out var all))
        {
            meetings[service] = all = [];
        }

        all.Add((at, good));
    }

    /// <summary>Whether any control target answered in a stretch of time.</summary>
    public bool AnyAnswered(TimeSpan from, TimeSpan until) => Answers.Exists(at => at >= from && at <= until);

    /// <summary>When the last row of bad looks at a service had become so long; null where it has not.</summary>
    public TimeSpan? BadSince(string service, int looks, TimeSpan until)
    {
        var row = meetings.GetValueOrDefault(service, [])
            .Where(met => met.At <= until).Reverse().TakeWhile(met => !met.Good).Select(met => met.At).ToList();
        return row.Count >= looks ? row[^looks] : null;
    }

    public void Stored(IReadOnlyList<Envelope> events, TimeSpan at) => Journal.AddRange(events.Select(e => (e, at)));

    /// <summary>When the n-th look at a service that ended so was over.</summary>
    public TimeSpan NthMeeting(string service, bool good, int n) =>
        meetings[service].Where(met => met.Good == good).ElementAt(n - 1).At;

    /// <summary>How many looks at a service ended so in a stretch of time.</summary>
    public int Meetings(string service, bool good, TimeSpan from, TimeSpan until) =>
        meetings.TryGetValue(service, out var all)
            ? all.Count(met => met.Good == good && met.At >= from && met.At <= until)
            : 0;
}

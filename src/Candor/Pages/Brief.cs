using System.Collections.Immutable;
using Candor.Journal;
using Candor.State;

namespace Candor.Pages;

/// <summary>
/// All that a renderer may know: pure input, so the same brief gives the same bytes. What is not in the journal
/// (the age of the readings, response times, our own health) arrives here beside the world.
/// </summary>
internal sealed record Brief(World World, DateTimeOffset Now)
{
    /// <summary>The journal position that the world has been folded to.</summary>
    public Position Position { get; init; }

    /// <summary>The newest reading of each monitor, from any vantage point: how old what we know is.</summary>
    public ImmutableDictionary<MonitorId, DateTimeOffset> LastReadings { get; init; } =
        ImmutableDictionary<MonitorId, DateTimeOffset>.Empty;

    /// <summary>The same with who is to be told and who was. It changes with every notice, and only the page of an incident reads it.</summary>
    public World WhoIsTold { get => field ?? World; init; }

    /// <summary>For the charts; a monitor without any has no entry.</summary>
    public ImmutableDictionary<MonitorId, ResponseTimes> ResponseTimes { get; init; } =
        ImmutableDictionary<MonitorId, ResponseTimes>.Empty;

    /// <summary>What metrics were told; one that was told nothing has no entry.</summary>
    public ImmutableDictionary<MetricId, MetricValues> Metrics { get; init; } = ImmutableDictionary<MetricId, MetricValues>.Empty;

    public SelfReport Self { get; init; } = SelfReport.Well;

    /// <summary>Kinds of channels by which readers may have themselves told; empty in copies, which nobody answers.</summary>
    public ImmutableArray<string> ToldBy { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// The page as it was at <see cref="Now"/>. Only the facts are known: what they say of a state is taken as seen,
    /// and nothing is said of readings, response times and our own health, which are not kept.
    /// </summary>
    public bool IsPast { get; init; }

    /// <summary>Whom it is for; null: everybody.</summary>
    public string? Audience { get; init; }

    /// <summary>This audience gets no page: the way in is all that there is.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What is kept from this audience. With another value pages from before must not be served a moment longer.</summary>
    public string Gate { get; init; } = "";
}

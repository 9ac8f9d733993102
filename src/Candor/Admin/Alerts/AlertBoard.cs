using System.Collections.Immutable;
using Candor.State;

namespace Candor.Admin.Alerts;

/// <summary>
/// What other tools told and what became of it, as the page about them needs it. Who listens to them is another room's
/// business: whoever composes the server puts the two together.
/// </summary>
internal sealed record AlertBoard
{
    public ImmutableArray<BoardTool> Tools { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What fires first, then the newest.</summary>
    public ImmutableArray<BoardAlert> Alerts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Messages that were not taken since this server started, newest first.</summary>
    public ImmutableArray<BoardFault> Faults { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Monitors that wait for alerts, with what an alert must carry.</summary>
    public ImmutableArray<BoardMonitor> Monitors { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>A tool that candor.yaml lets in.</summary>
/// <param name="Word">As it stands in the address: "alertmanager".</param>
/// <param name="LacksSecret">candor.yaml names a secret that the environment does not have, so nobody is let in.</param>
internal sealed record BoardTool(string Word, DateTimeOffset? HeardAt, bool LacksSecret);

/// <param name="Monitors">Those that it is about; none: it changes nothing.</param>
internal sealed record BoardAlert(
    string Tool, AlertStatus Status, string Name, string Summary, ImmutableSortedDictionary<string, string> Labels, DateTimeOffset ChangedAt,
    DateTimeOffset HeardAt, ImmutableArray<MonitorId> Monitors);

internal sealed record BoardFault(string Tool, DateTimeOffset At, string Sentence);

/// <param name="Tool">The only tool that it listens to, or null: any.</param>
internal sealed record BoardMonitor(MonitorId Id, string? Tool, ImmutableSortedDictionary<string, ImmutableArray<string>> Wants)
{
    /// <summary>What keeps an alert from being about this monitor, in a phrase; null: nothing.</summary>
    public string? Against(BoardAlert alert)
    {
        if (Tool is not null && Tool != alert.Tool)
        {
            return $"listens to {Tool} alone";
        }

        foreach (var (label, values) in Wants)
        {
            var wanted = $"{label}={string.Join('|', values)}";
            if (!alert.Labels.TryGetValue(label, out var has))
            {
                return $"wants {wanted}; it has no {label}";
            }

            if (!values.Contains(has))
            {
                return $"wants {wanted}; it has {has}";
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using Candor.Admin.Alerts;
using Candor.Probing.Alert;
using Candor.State;

namespace Candor.Commands;

/// <summary>From what is kept of other tools' alerts to the page about them.</summary>
internal static class AlertBoards
{
    public static AlertBoard Of(AlertBook? book) => book is null ? new() : new()
    {
        Tools = [.. book.Standing.Select(static one => new BoardTool(Word(one.Tool), one.HeardAt, one.LacksSecret))],
        Alerts =
        [
            .. book.All.OrderBy(static one => one.Alert.Status).ThenByDescending(static one => one.Alert.ChangedAt).Select(static one => new BoardAlert(
                Word(one.Alert.Tool), one.Alert.Status, one.Alert.Name, one.Alert.Summary, one.Alert.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
                one.Alert.ChangedAt, one.Alert.HeardAt, one.Monitors)),
        ],
        Faults = [.. book.Faults.Select(static one => new BoardFault(Word(one.Tool), one.At, one.Sentence))],
        Monitors =
        [
            .. book.Waiting.OrderBy(static one => one.Monitor.Value, StringComparer.Ordinal).Select(static one => new BoardMonitor(
                one.Monitor, one.Check.Tool is { } tool ? Word(tool) : null,
                one.Check.Labels.ToImmutableSortedDictionary(static label => label.Key, static label => label.Value.ToImmutableArray(), StringComparer.Ordinal))),
        ],
    };

    private static string Word(AlertTool tool) => tool.ToString().ToLowerInvariant();
}

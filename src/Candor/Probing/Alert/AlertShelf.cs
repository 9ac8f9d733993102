using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Probing.Alert;

/// <summary>An alert as it was last told: the stored form.</summary>
/// <param name="HeardAt">When the last word of it came.</param>
/// <param name="ChangedAt">When it last became what it is.</param>
internal sealed record KeptAlert(
    AlertTool Tool, string Id, string Name, AlertStatus Status, ImmutableDictionary<string, string> Labels, string Summary,
    DateTimeOffset? StartsAt, DateTimeOffset HeardAt, DateTimeOffset ChangedAt)
{
    [JsonIgnore]
    public (AlertTool, string) Key => (Tool, Id);
}

/// <summary>
/// All alerts that are known, which tools were heard of when, and which signed messages were taken: the file. Immutable;
/// taking a message again, late or twice leads to the same shelf.
/// </summary>
internal sealed record AlertShelf
{
    public static readonly AlertShelf Empty = new();

    /// <summary>As many as are kept, firing or not.</summary>
    public const int AlertsMax = 2_000;

    /// <summary>How long after the end of a cycle a word of it is taken for one that was held up on its way.</summary>
    public static readonly TimeSpan LateWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long an alert that is over can still be seen by people.</summary>
    public static readonly TimeSpan OverKeptFor = TimeSpan.FromHours(24);

    public ImmutableArray<KeptAlert> Alerts { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableDictionary<string, DateTimeOffset> Heard { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Hashes of signed messages that were taken, with their times, for as long as they could be played again.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Taken { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Alerts that found no place because all that are kept fire; null: none since there was room.</summary>
    public DateTimeOffset? FullSince { get; init; }

    /// <summary>The shelf with what a tool told. Words about what began earlier than what is known are late, and change nothing.</summary>
    public AlertShelf With(AlertTool tool, IReadOnlyList<ToldAlert> told, DateTimeOffset now)
    {
        var kept = Alerts.Where(one => one.Status != AlertStatus.Resolved || now - one.HeardAt < OverKeptFor)
            .ToDictionary(static one => one.Key);
        var full = false;
        foreach (var one in told)
        {
            var before = kept.GetValueOrDefault((tool, one.Id));
            if (before is not null && IsLate(before, one, now))
            {
                continue;
            }

            if (before is null && kept.Count >= AlertsMax && !MakeRoom(kept))
            {
                full = true;
                continue;
            }

            kept[(tool, one.Id)] = new(
                tool, one.Id, one.Name, one.Status, one.Labels, one.Summary, one.StartsAt ?? before?.StartsAt, now,
                before?.Status == one.Status ? before.ChangedAt : now);
        }

        return this with
        {
            Alerts = [.. kept.Values.OrderBy(static one => one.Tool).ThenBy(static one => one.Id, StringComparer.Ordinal)],
            Heard = Heard.SetItem(tool.ToString(), now),
            FullSince = full ? FullSince ?? now : null,
        };
    }

    /// <summary>The shelf with a signed message marked as taken; those that are too old to come again are forgotten.</summary>
    public AlertShelf Marking(string message, DateTimeOffset now, TimeSpan window) => this with
    {
        Taken = Taken.RemoveRange(Taken.Where(one => (now - one.Value).Duration() > window + window).Select(static one => one.Key)).SetItem(message, now),
    };

    public AlertShelf Forgetting(string message) => this with { Taken = Taken.Remove(message) };

    public DateTimeOffset? HeardOf(AlertTool tool) => Heard.TryGetValue(tool.ToString(), out var at) ? at : null;

    /// <summary>
    /// A word of an earlier time that came after a later one: of a cycle before the one that is known, or, right after the
    /// end of a cycle, that it fires. Later than that it does fire again: Alertmanager keeps the beginning of an alert
    /// that comes back soon.
    /// </summary>
    private static bool IsLate(KeptAlert before, ToldAlert one, DateTimeOffset now) =>
        one.StartsAt is { } starts && before.StartsAt is { } known
        && (starts < known
            || (starts == known && before.Status == AlertStatus.Resolved && one.Status != AlertStatus.Resolved
                && (now - before.ChangedAt).Duration() < LateWithin));

    /// <summary>Whatever has been over the longest goes first; what fires stays.</summary>
    private static bool MakeRoom(Dictionary<(AlertTool, string), KeptAlert> kept) =>
        kept.Values.Where(static one => one.Status == AlertStatus.Resolved).MinBy(static one => one.HeardAt) is { } oldest && kept.Remove(oldest.Key);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertShelf))]
internal sealed partial class AlertJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>Why responders are reminded.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReminderCause>))]
internal enum ReminderCause
{
    /// <summary>A promised next word is due.</summary>
    [JsonStringEnumMemberName("promise")]
    Promise,

    /// <summary>An open incident has had no word for long, and none is promised.</summary>
    [JsonStringEnumMemberName("silence")]
    Silence,

    /// <summary>Planned work is to begin.</summary>
    [JsonStringEnumMemberName("beginning")]
    Beginning,
}

/// <summary>Responders are reminded of what is due; once for each time that they are told.</summary>
/// <param name="About">The incident or maintenance.</param>
/// <param name="DueAt">With the cause it names the occasion: another moment is another one, which nobody has acknowledged.</param>
internal sealed record ReminderRaised(DateTimeOffset At, Topic About, ReminderCause Cause, DateTimeOffset DueAt) : Event(At);

/// <summary>Somebody has it in hand: of this occasion nobody is reminded any more.</summary>
internal sealed record ReminderAcknowledged(DateTimeOffset At, Topic About) : Event(At)
{
    /// <summary>Whose link it was; null: somebody said it in the room.</summary>
    public SubscriberId? Subscriber { get; init; }

    public Actor? By { get; init; }
}

/// <summary>What responders are reminded of, about one incident or maintenance.</summary>
internal sealed record Reminder(Topic About, ReminderCause Cause, DateTimeOffset DueAt)
{
    /// <summary>When they were reminded, oldest first, of this occasion and of those before: each has its number by this.</summary>
    public ImmutableArray<DateTimeOffset> RaisedAt { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How often of this occasion.</summary>
    public int Times { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who said in the room that they have it in hand.</summary>
    public Actor? AcknowledgedBy { get; init; }

    /// <summary>Whose link it was, where it was said by one.</summary>
    public SubscriberId? AcknowledgedAs { get; init; }

    /// <summary>Names the occasion in a link: pressed later, it is for this one and for no other.</summary>
    [JsonIgnore]
    public string Occasion => string.Create(CultureInfo.InvariantCulture, $"{Cause}-{DueAt.UtcTicks}").ToLowerInvariant();

    public bool IsOf(ReminderCause cause, DateTimeOffset dueAt) => Cause == cause && DueAt == dueAt;

    /// <summary>Pure and total.</summary>
    public static Reminder Fold(Reminder? before, Event happened) => (before, happened) switch
    {
        ({ } r, ReminderRaised e) when r.IsOf(e.Cause, e.DueAt) => r with { RaisedAt = r.RaisedAt.Add(e.At), Times = r.Times + 1 },
        (_, ReminderRaised e) => new(e.About, e.Cause, e.DueAt) { RaisedAt = (before?.RaisedAt ?? []).Add(e.At), Times = 1 },
        ({ AcknowledgedAt: null } r, ReminderAcknowledged e) => r with { AcknowledgedAt = e.At, AcknowledgedBy = e.By, AcknowledgedAs = e.Subscriber },
        ({ } r, ReminderAcknowledged) => r,
        _ => throw new UnreachableException($"{happened.GetType().Name} cannot follow {before?.ToString() ?? "nothing"}."),
    };
}

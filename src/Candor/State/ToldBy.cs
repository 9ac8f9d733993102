using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>What a stream of notices is about: "incident:7f3k…", "maintenance:…".</summary>
[JsonConverter(typeof(IdConverter<Topic>))]
internal readonly record struct Topic(string Value) : IId<Topic>
{
    private const string IncidentPrefix = "incident:";
    private const string MaintenancePrefix = "maintenance:";
    private const string SchedulePrefix = "schedule:";
    private const string SubscriptionPrefix = "subscription:";
    private const string ReminderPrefix = "reminder:";
    private const string DigestPrefix = "digest:";
    private const string DigestedPrefix = "digested:";

    [JsonIgnore]
    public IncidentId? Incident => Value.StartsWith(IncidentPrefix, StringComparison.Ordinal) ? new(Value[IncidentPrefix.Length..]) : null;

    [JsonIgnore]
    public MaintenanceId? Maintenance => After(MaintenancePrefix);

    /// <summary>That a maintenance is near, or was moved: told beside what is said in it.</summary>
    [JsonIgnore]
    public MaintenanceId? Schedule => After(SchedulePrefix);

    /// <summary>The link of one subscription: told to that subscriber and nobody else.</summary>
    [JsonIgnore]
    public SubscriberId? Subscription => Value.StartsWith(SubscriptionPrefix, StringComparison.Ordinal) ? new(Value[SubscriptionPrefix.Length..]) : null;

    /// <summary>The incident or maintenance that responders are reminded of.</summary>
    [JsonIgnore]
    public Topic? Reminder => Value.StartsWith(ReminderPrefix, StringComparison.Ordinal) ? new(Value[ReminderPrefix.Length..]) : null;

    /// <summary>Everything of a while together.</summary>
    [JsonIgnore]
    public DigestEvery? Digest => Value switch { DigestPrefix + "hourly" => DigestEvery.Hourly, DigestPrefix + "daily" => DigestEvery.Daily, _ => null };

    public static Topic Of(IncidentId incident) => new(IncidentPrefix + incident.Value);

    public static Topic Of(MaintenanceId maintenance) => new(MaintenancePrefix + maintenance.Value);

    public static Topic OfSchedule(MaintenanceId maintenance) => new(SchedulePrefix + maintenance.Value);

    public static Topic Of(SubscriberId subscription) => new(SubscriptionPrefix + subscription.Value);

    public static Topic OfReminder(Topic about) => new(ReminderPrefix + about.Value);

    public static Topic OfDigest(DigestEvery every) => new(DigestPrefix + (every == DigestEvery.Hourly ? "hourly" : "daily"));

    /// <summary>Who heard of it in a digest. Nothing is ever told of this topic: it is a place for numbers, apart from those who were told word by word.</summary>
    public static Topic OfDigested(Topic about) => new(DigestedPrefix + about.Value);

    public static Topic From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);

    private MaintenanceId? After(string prefix) => Value.StartsWith(prefix, StringComparison.Ordinal) ? new(Value[prefix.Length..]) : null;
}

/// <summary>
/// Notices that went out since the last such fact, at most about one fact a second for each channel. With these a queue
/// that was lost is made anew without telling everybody again; what falls between the last one and the loss is ambiguous.
/// </summary>
internal sealed record NoticesHandedOver(DateTimeOffset At, string Channel, ImmutableArray<HandedOver> Batch) : Event(At);

/// <summary>Subscribers, by number, who were told everything up to an update.</summary>
internal sealed record HandedOver(Topic Topic, int Seq, NumberSet Who)
{
    /// <summary>How many of them were told late, and the longest delay.</summary>
    public int Late { get; init; }

    public TimeSpan? LateBy { get; init; }

    /// <summary>Which of them; missing in facts from before that was noted.</summary>
    public NumberSet? LateWho { get; init; }

    /// <summary>Those who could not be reached.</summary>
    public NumberSet? Failed { get; init; }
}

/// <summary>Who has been told what of one topic by one channel.</summary>
internal sealed record ToldBy(string Channel)
{
    /// <summary>Each subscriber stands in one of the sets: the one of the last update they know.</summary>
    public ImmutableArray<ToldUpTo> UpTo { get; init; } = [];

    public NumberSet Failed { get; init; } = NumberSet.Empty;

    /// <summary>Late ones of facts that name nobody; whoever was late twice stands in it twice.</summary>
    public int Late { get; init; }

    public NumberSet LateWho { get; init; } = NumberSet.Empty;

    public TimeSpan LateBy { get; init; }

    /// <summary>Everybody who was told anything.</summary>
    [JsonIgnore]
    public NumberSet Who => UpTo.Aggregate(NumberSet.Empty, static (all, one) => all.Union(one.Who));

    /// <summary>The last update that a subscriber was told, or 0.</summary>
    public int SeqOf(int number)
    {
        foreach (var one in UpTo)
        {
            if (one.Who.Contains(number))
            {
                return one.Seq;
            }
        }

        return 0;
    }

    public ToldBy With(HandedOver e)
    {
        var higher = UpTo.Where(one => one.Seq >= e.Seq).Aggregate(NumberSet.Empty, static (all, one) => all.Union(one.Who));
        var raised = e.Who.Except(higher);
        var left = UpTo.Select(one => one with { Who = one.Who.Except(raised) }).Where(static one => !one.Who.IsEmpty).ToList();
        var same = left.FindIndex(one => one.Seq == e.Seq);
        if (same >= 0)
        {
            left[same] = left[same] with { Who = left[same].Who.Union(raised) };
        }
        else if (!raised.IsEmpty)
        {
            left.Add(new(e.Seq, raised));
        }

        return this with
        {
            UpTo = [.. left.OrderBy(static one => one.Seq)],
            Failed = Failed.Union(e.Failed ?? NumberSet.Empty).Except(e.Who),
            Late = e.LateWho is null ? Late + e.Late : Late,
            LateWho = LateWho.Union(e.LateWho ?? NumberSet.Empty),
            LateBy = e.LateBy is { } by && by > LateBy ? by : LateBy,
        };
    }
}

internal sealed record ToldUpTo(int Seq, NumberSet Who);

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.State;

internal sealed record ComponentAdded(DateTimeOffset At, ComponentDefinition Component) : Event(At);

internal sealed record ComponentChanged(DateTimeOffset At, ComponentDefinition Component) : Event(At);

internal sealed record ComponentRemoved(DateTimeOffset At, ComponentId Component) : Event(At);

/// <summary>A component's own status changed. Groups have none of their own: theirs is the worst of their parts.</summary>
/// <param name="At">When it was decided.</param>
/// <param name="Since">When it began, as far as the evidence goes; never after <paramref name="At"/>.</param>
/// <param name="State">The status, and whether it is known or only the last that was.</param>
/// <param name="Reason">One phrase for readers, such as "connection refused", or null.</param>
internal sealed record ComponentStateChanged(
    DateTimeOffset At, ComponentId Component, DateTimeOffset Since, ComponentState State, string? Reason) : Event(At);

/// <summary>
/// A person set the status by hand, whatever is measured. The page says so, and until when. The status itself follows as
/// a <see cref="ComponentStateChanged"/> in the same commit.
/// </summary>
internal sealed record ComponentPinned(
    DateTimeOffset At, ComponentId Component, ComponentStatus Status, DateTimeOffset Until, Actor By) : Event(At)
{
    /// <summary>One phrase for readers, or null.</summary>
    public string? Reason { get; init; }
}

/// <summary>What is measured counts again.</summary>
/// <param name="By">Who took the pin out; null: its time was over.</param>
internal sealed record ComponentUnpinned(DateTimeOffset At, ComponentId Component, Actor? By) : Event(At);

/// <summary>What the owner says of a component.</summary>
/// <param name="Order">Place among its siblings, from 0.</param>
internal sealed record ComponentDefinition(ComponentId Id, string Name, ComponentId? Parent, int Order)
{
    public string? Description { get; init; }

    public ImmutableArray<MonitorId> Monitors { get; init; } = [];

    public Redundancy? Redundancy { get; init; }

    /// <summary>Shown only while it is not operational.</summary>
    public bool OnlyShowIfDegraded { get; init; }

    /// <summary>Whether 90-day bars and a percentage are shown.</summary>
    public bool ShowUptime { get; init; } = true;

    /// <summary>Audiences, sorted, with what its groups say counted in. Not empty: nobody else knows of it.</summary>
    public ImmutableArray<string> OnlyFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where it runs, if regions are told apart: "us", "eu".</summary>
    public ImmutableArray<string> Regions { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Its own monitors, and the members of its redundancy group.</summary>
    public ImmutableArray<MonitorId> AllMonitors() => Redundancy is { } group ? Monitors.AddRange(group.Members) : Monitors;
}

/// <summary>A group of which <see cref="Need"/> members must work. Members are monitors.</summary>
internal sealed record Redundancy(ImmutableArray<MonitorId> Members, int Need);

/// <summary>The public status, and whether we know it now. Not known: the last status that was, shown as "we cannot see".</summary>
internal readonly record struct ComponentState(ComponentStatus Status, bool Known = true)
{
    public static readonly ComponentState NeverSeen = new(ComponentStatus.Operational, Known: false);

    /// <summary>The worse of two. Something bad outranks not knowing, which outranks something well.</summary>
    public static ComponentState Worse(ComponentState a, ComponentState b) => Rank(a) >= Rank(b) ? a : b;

    private static int Rank(ComponentState state) => state switch
    {
        { Known: true, Status: ComponentStatus.Operational } => 0,
        { Known: true, Status: ComponentStatus.UnderMaintenance } => 1,
        { Known: false } => 2,
        { Status: var status } => 1 + (int)status,
    };
}

/// <summary>A status that a person set by hand.</summary>
/// <param name="Before">What was shown until then, to go back to where nothing is measured.</param>
internal sealed record Pin(
    ComponentStatus Status, DateTimeOffset Since, DateTimeOffset Until, Actor By, string? Reason, ComponentState Before);

/// <summary>A component as the facts have it.</summary>
internal sealed record Component(ComponentDefinition Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    [JsonIgnore]
    public ComponentId Id => Definition.Id;

    public ComponentState State { get; init; } = ComponentState.NeverSeen;

    public DateTimeOffset Since { get; init; } = CreatedAt;

    public string? Reason { get; init; }

    /// <summary>Set while a person's word holds instead of what is measured.</summary>
    public Pin? Pin { get; init; }

    [JsonConverter(typeof(TimelineConverter<ComponentState>))]
    public Timeline<ComponentState> History { get; init; } = Timeline<ComponentState>.Empty;

    /// <summary>A pin over a pin still goes back to what was there before the first.</summary>
    public Component With(ComponentPinned e) => this with
    {
        Pin = new(e.Status, e.At, e.Until, e.By, e.Reason, Pin?.Before ?? State),
        UpdatedAt = e.At,
    };

    public Component With(ComponentStateChanged e) => this with
    {
        State = e.State,
        Since = e.Since,
        Reason = e.Reason,
        UpdatedAt = e.At,
        History = History.Count > 0 && e.State == State ? History : History.Append(e.Since, e.State),
    };
}

using Candor.Journal;

namespace Candor.State;

/// <summary>Component statuses set by hand.</summary>
internal static class PinDecisions
{
    /// <summary>How long a status set by hand holds unless said otherwise: forgotten ones must not lie for days.</summary>
    public static readonly TimeSpan HoldsFor = TimeSpan.FromHours(4);

    /// <summary>Sets a component's status by hand until a moment, 4 h from now unless said otherwise.</summary>
    public static Decision<Event> Pin(
        World world, DateTimeOffset at, Actor by, ComponentId id, ComponentStatus status,
        DateTimeOffset? until = null, string? reason = null)
    {
        var no = Refusing.Unnamed(by)
            ?? Refusing.Unknown(world, [new(id, status)])
            ?? Refusing.NotAhead(at, until, "until")
            ?? (reason is null ? null : Refusing.Text("reason", reason, Refusing.ReasonLimit));
        if (no is not null)
        {
            return no;
        }

        var component = world.Components[id];
        var state = new ComponentState(status);
        return Decision.Of<Event>(
        [
            new ComponentPinned(at, id, status, until ?? at + HoldsFor, by) { Reason = reason?.Trim() },
            .. component.State == state && component.Reason == reason?.Trim()
                ? Array.Empty<Event>()
                : [new ComponentStateChanged(at, id, component.State == state ? component.Since : at, state, reason?.Trim())],
        ]);
    }

    /// <summary>Takes a pin out before its time; what is measured counts again.</summary>
    public static Decision<Event> Unpin(World world, DateTimeOffset at, Actor by, ComponentId id) =>
        (Refusing.Unnamed(by) ?? Refusing.Unknown(world, [new(id, ComponentStatus.Operational)])) switch
        {
            { } no => no,
            null when world.Components[id].Pin is null => Array.Empty<Event>(),
            null => Decision.Of<Event>([.. End(world, at, world.Components[id], by)]),
        };

    /// <summary>The pins whose time is over. Drive it with a clock that does not jump.</summary>
    public static IEnumerable<Event> Due(World world, DateTimeOffset now) => world.Components.Values
        .Where(component => component.Pin?.Until <= now)
        .OrderBy(component => component.Id.Value, StringComparer.Ordinal)
        .SelectMany(component => End(world, now, component, by: null));

    /// <summary>Where something is measured, the judge says what is shown next; where nothing is, what was shown before.</summary>
    private static IEnumerable<Event> End(World world, DateTimeOffset at, Component component, Actor? by)
    {
        yield return new ComponentUnpinned(at, component.Id, by);
        if (!world.MonitorsOf(component.Definition).Any())
        {
            // A group never had a status of its own, and "not seen" would be worse than its parts.
            var before = !component.Pin!.Before.Known && world.ChildrenOf(component.Id).Any()
                ? new ComponentState(ComponentStatus.Operational)
                : component.Pin.Before;
            yield return new ComponentStateChanged(at, component.Id, at, before, null);
        }
    }
}

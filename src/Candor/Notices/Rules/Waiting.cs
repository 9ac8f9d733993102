using Candor.State;
using Candor.State.Incidents;

namespace Candor.Notices.Rules;

/// <summary>How many are to be told of an incident and have heard nothing of it yet: asked of the rules that tell them.</summary>
internal static class Waiting
{
    /// <param name="settled">Whoever was told of it, or could not be reached, by number.</param>
    public static int Of(World world, Incident incident, NumberSet settled, DateTimeOffset now) =>
        Topics.IsCurrent(incident, now) && TopicView.Of(world, Topic.Of(incident.Id)) is { } view
            ? world.Subscribers.Values.Count(one => !settled.Contains(one.Number) && IsWaiting(one, view, now))
            : 0;

    private static bool IsWaiting(Subscriber subscriber, TopicView view, DateTimeOffset now) =>
        Accepting.Of(subscriber, view, null) is { HasPending: true } stream
        && Collapse.Of(stream, subscriber, view, now).Kind is StepKind.Send or StepKind.Wait;
}

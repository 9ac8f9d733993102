using Candor.Notices.Streams;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Notices.Rules;

/// <summary>How many are to be told of an incident and have heard nothing of it yet: asked of the rules that tell them.</summary>
internal static class Waiting
{
    /// <param name="settled">Whoever was told of it, or could not be reached, by number.</param>
    public static int Of(World world, Incident incident, NumberSet settled, DateTimeOffset now)
    {
        if (!Topics.IsCurrent(incident, now) || TopicView.Of(world, Topic.Of(incident.Id)) is not { } view)
        {
            return 0;
        }

        // The page counts them again and again while a crowd is told, so no stream is made for each. What the rules ask of one
        // that has something pending is what was told of it: nothing. So one stands for all of them.
        var untold = new NoticeStream(default, view.Topic) { Pieces = [new(view.LastSeq, now, PieceState.Pending)] };
        return world.Subscribers.Values.Count(one => !settled.Contains(one.Number)
            && Accepting.Awaits(one, view) && Collapse.Of(untold, one, view, now).Kind is StepKind.Send or StepKind.Wait);
    }
}

using System.Collections.Immutable;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Notices.Rules;

/// <summary>Who is told what. Asked of everybody whenever something is said: no closure, no iterator.</summary>
internal static class Audience
{
    /// <summary>Whether somebody wants to know of a topic as it is now.</summary>
    public static Concern Of(Subscriber subscriber, TopicView view)
    {
        if (view.Only is { } only)
        {
            return only == subscriber.Id && subscriber.IsWrittenTo ? Concern.Told : Concern.None;
        }

        if (view.IsForDuty)
        {
            return subscriber.IsOnDuty ? Concern.Told : Concern.None;
        }

        var wishes = subscriber.Wishes;
        if (view.Digest is not null)
        {
            // Word by word it is asked in which way each was to be told.
            return subscriber.IsTold && (wishes.Digest == view.Digest || WasTold(subscriber, view.Digest)) ? Concern.Told : Concern.None;
        }

        if (subscriber.IsTold && (view.Heard.Contains(subscriber.Number) || Follows(wishes, view)))
        {
            return Concern.Told;
        }

        if (wishes.OnlyIncidents || !subscriber.IsTold || (view.IsMaintenance ? !wishes.Maintenance : view.Impact < wishes.MinimumImpact))
        {
            return Concern.None;
        }

        return wishes.Components.IsEmpty || IsAnyIn(wishes.Components, view.Concerned) ? Concern.Told
            : IsAnyIn(wishes.Components, view.Explained) ? Concern.Explained
            : Concern.None;
    }

    private static bool WasTold(Subscriber subscriber, DigestEvery? way) => subscriber.Formerly.Any(one => one.Way == way);

    private static bool Follows(SubscriberWishes wishes, TopicView view)
    {
        foreach (var incident in wishes.Incidents)
        {
            if (view.Incidents.Contains(incident))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnyIn(ImmutableArray<ComponentId> wished, ImmutableHashSet<ComponentId> all)
    {
        foreach (var component in wished)
        {
            if (all.Contains(component))
            {
                return true;
            }
        }

        return false;
    }
}

internal enum Concern
{
    None,

    Told,

    /// <summary>A parent's trouble explains theirs: not told, and a row of the ledger says so.</summary>
    Explained,
}

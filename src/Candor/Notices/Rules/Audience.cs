using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Notices.Rules;

/// <summary>Who is told what.</summary>
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
            return subscriber.IsTold && (wishes.Digest == view.Digest || subscriber.Formerly.Any(one => one.Way == view.Digest)) ? Concern.Told : Concern.None;
        }

        if (subscriber.IsTold && (view.Heard.Contains(subscriber.Number) || wishes.Incidents.Any(view.Incidents.Contains)))
        {
            return Concern.Told;
        }

        if (wishes.OnlyIncidents || !subscriber.IsTold || (view.IsMaintenance ? !wishes.Maintenance : view.Impact < wishes.MinimumImpact))
        {
            return Concern.None;
        }

        return wishes.Components.IsEmpty || wishes.Components.Any(view.Concerned.Contains) ? Concern.Told
            : wishes.Components.Any(view.Explained.Contains) ? Concern.Explained
            : Concern.None;
    }
}

internal enum Concern
{
    None,

    Told,

    /// <summary>A parent's trouble explains theirs: not told, and a row of the ledger says so.</summary>
    Explained,
}

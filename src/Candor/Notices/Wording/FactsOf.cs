using System.Collections.Immutable;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Rules;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Notices.Wording;

/// <summary>What a notice carries, picked from the facts. Public output only: no cause, no author, no private word.</summary>
internal static class FactsOf
{
    /// <summary>The page's own line is for programs, and so made for those alone.</summary>
    public static MessageFacts Stream(MessageOrder order) =>
        order.Channel == WebhookKind.Channel ? Told(order) with { PageLine = PageLines.Of(order.World) } : Told(order);

    private static MessageFacts Told(MessageOrder order)
    {
        var topic = order.Stream.Topic;
        if (topic.Subscription is not null)
        {
            return Link(order);
        }

        if (topic.Reminder is { } about)
        {
            return Reminder(order, order.World.Reminders[about]);
        }

        var facts = topic.Digest is { } every ? DigestFacts.Of(order, every) : order.Others.Count > 0 ? OverFacts.Of(order) : OfTopic(order);
        var delay = Lateness.Of(order.Others.Append(order.Stream).Min(static stream => stream.OldestPending!.Value.At), order.Now);
        return delay is null ? facts : facts with
        {
            Delay = delay,
            DelayReason = order.Speech.DelayReason(order.Stream.Reason),
            DelayReasonForPrograms = NoticeSpeech.Of(Language.English).DelayReason(order.Stream.Reason),
        };
    }

    /// <summary>An incident or a maintenance.</summary>
    public static MessageFacts OfTopic(MessageOrder order) => order.Stream.Topic.Incident is { } incident
        ? Incident(order, order.World.Incidents[incident])
        : Maintenance(order, order.World.Maintenances[(order.Stream.Topic.Maintenance ?? order.Stream.Topic.Schedule)!.Value]);

    /// <summary>No word in it comes from whoever asked: it may go to somebody who did not.</summary>
    private static MessageFacts Link(MessageOrder order) => new()
    {
        PageId = order.World.Page.Id,
        PageName = order.World.Page.Name,
        PageUrl = order.World.Page.Url,
        About = order.Subscriber.IsTold ? MessageSubject.Link : MessageSubject.Confirmation,
        Id = order.Subscriber.Id.Value,
        Title = order.World.Page.Name,
        Url = order.ManageUrl,
        Chosen = Choices.Of(order),
        Status = order.Subscriber.IsTold ? "active" : "unconfirmed",
        StartedAt = order.Subscriber.JoinedAt,
        CreatedAt = order.Subscriber.JoinedAt,
        UpdatedAt = order.Subscriber.AskedAt ?? order.Subscriber.JoinedAt,
    };

    /// <summary>What is for some readers only is not named: a responder's telephone is read by whoever sees it.</summary>
    private static MessageFacts Reminder(MessageOrder order, Reminder reminder)
    {
        var (world, page) = (order.World, order.World.Page);
        var incident = reminder.About.Incident is { } named ? world.Incidents.GetValueOrDefault(named) : null;
        var planned = reminder.About.Maintenance is { } work ? world.Maintenances.GetValueOrDefault(work) : null;
        var isPublic = incident is not null ? world.IsWhollyForEverybody(incident.AffectedComponents, incident.OnlyFor)
            : planned is not null && world.IsWhollyForEverybody(planned.Plan.Components, []);
        return new()
        {
            PageId = page.Id,
            PageName = page.Name,
            PageUrl = page.Url,
            About = MessageSubject.Reminder,
            Id = reminder.About.Value,
            Title = !isPublic ? order.Speech.NotPublic : incident?.Title ?? planned!.Plan.Title,
            Url = order.AcknowledgeUrl,
            Status = reminder.Cause.ToString().ToLowerInvariant(),
            StartedAt = incident?.StartedAt ?? reminder.DueAt,
            CreatedAt = incident?.CreatedAt ?? planned?.CreatedAt ?? reminder.DueAt,
            UpdatedAt = incident is null ? reminder.RaisedAt[^1] : ReminderClock.LastWordAt(incident),
            NextUpdateBy = reminder.DueAt,
            EndedAt = ReminderClock.SettledAt(world, reminder),
        };
    }

    /// <summary>What ends something on the other side that is for some readers only by now: that it is over, and nothing else of it.</summary>
    private static MessageFacts Hidden(MessageOrder order, Incident incident) => new()
    {
        PageId = order.World.Page.Id,
        PageName = order.World.Page.Name,
        PageUrl = order.World.Page.Url,
        Id = incident.Id.Value,
        Title = order.Speech.NoLongerPublic,
        Status = "resolved",
        StartedAt = incident.StartedAt,
        CreatedAt = incident.CreatedAt,
        UpdatedAt = incident.UpdatedAt,
        EndedAt = EndedElsewhere(order, incident) ?? incident.ClosedAt,
    };

    /// <summary>The same of planned work.</summary>
    private static MessageFacts Hidden(MessageOrder order, Maintenance maintenance) => new()
    {
        PageId = order.World.Page.Id,
        PageName = order.World.Page.Name,
        PageUrl = order.World.Page.Url,
        About = MessageSubject.Maintenance,
        Id = maintenance.Id.Value,
        Title = order.Speech.WorkNoLongerPublic,
        Status = "completed",
        StartedAt = maintenance.StartedAt ?? maintenance.Plan.ScheduledFor,
        CreatedAt = maintenance.CreatedAt,
        UpdatedAt = maintenance.UpdatedAt,
        EndedAt = maintenance.EndedAt,
    };

    private static MessageFacts Incident(MessageOrder order, Incident incident)
    {
        if (!Continuing.MayBeTold(order.World, incident))
        {
            return Hidden(order, incident);
        }

        var said = Wanted(order, incident.Updates, static update => update.Seq, static update => update.IsReadable);
        if (Continuing.InWhich(order.World, incident) is { } other)
        {
            return Elsewhere(order, incident, other, said);
        }

        var facts = Incident(order, incident, said);
        return EndedElsewhere(order, incident) is { } ended ? facts with { EndedAt = ended, UpdatedAt = ended } : facts;
    }

    /// <summary>When what it went on in was over, where this is to tell that; of what is for some readers only by now nothing else is said.</summary>
    private static DateTimeOffset? EndedElsewhere(MessageOrder order, Incident incident) =>
        order.Stream.NewestPending is { } newest && newest.Seq > incident.Updates.Length + 1
            ? Continuing.Ended(order.World, incident).LastOrDefault()?.ClosedAt
            : null;

    /// <summary>
    /// How the other one stands, under the name of this one: what is so now is so there. Of its words those since then, and the
    /// last one before: whoever was told of this one alone has heard none of them.
    /// </summary>
    private static MessageFacts Elsewhere(MessageOrder order, Incident incident, Incident other, IEnumerable<IncidentUpdate> said)
    {
        var at = incident.Merged!.At;
        var words = other.Updates.Reverse().Where(static update => update is { IsReadable: true, Quiet: false }).ToList();
        var there = Incident(order, other, words.TakeWhile(update => update.At >= at).Concat(words.SkipWhile(update => update.At >= at).Take(1)));
        return there with
        {
            Id = incident.Id.Value,
            Title = incident.Title,
            ContinuesIn = new(there.Id, there.Title),
            CreatedAt = incident.CreatedAt,
            Updates =
            [
                .. there.Updates.Select(update => update with { SaidIn = there.Id }),

                // The last one says in which it goes on, as the notice does.
                .. Told(said.Where(update => update.At < at)),
            ],
        };
    }

    private static IEnumerable<MessageUpdate> Told(IEnumerable<IncidentUpdate> said) =>
        said.Select(static update => new MessageUpdate(update.Seq, StatusWords.Of(update.Status), update.At, update.Body)
        {
            DisplayAt = update.DisplayAt,
            Automatic = update.Automatic,
        });

    private static MessageFacts Incident(MessageOrder order, Incident incident, IEnumerable<IncidentUpdate> said)
    {
        var page = order.World.Page;
        return new()
        {
            PageId = page.Id,
            PageName = page.Name,
            PageUrl = page.Url,
            Id = incident.Id.Value,
            Title = incident.FormerTitle ?? incident.Title,
            Url = UrlOf(page, "/incidents/" + incident.Id.Value),
            Status = incident.Removed is not null ? StatusWords.Removed : incident.IsOpen ? StatusWords.Of(incident.Status) : incident.ResolvedAt is null ? "resolved" : StatusWords.Of(incident.Status),
            Impact = incident.Impact,
            StartedAt = incident.StartedAt,
            CreatedAt = incident.CreatedAt,
            UpdatedAt = incident.UpdatedAt,
            EndedAt = incident.Removed?.At ?? incident.ClosedAt,
            NextUpdateBy = incident.IsOpen ? incident.Promise?.DueAt : null,
            Components = ComponentsOf(order.World, incident.Components.GroupBy(static change => change.Component)
                .Select(static changes => (changes.Key, changes.Last().Status))),
            Updates = [.. End(incident, order.Speech), .. Told(said)],
        };
    }

    /// <summary>A merge and a removal have no words of their own.</summary>
    private static IEnumerable<MessageUpdate> End(Incident incident, NoticeSpeech speech) => incident switch
    {
        { Removed: { } removed } => [new(incident.Updates.Length + 1, StatusWords.Removed, removed.At, speech.WasRemoved(incident.FormerTitle ?? incident.Title, removed.Reason))],
        { Merged: { } merged } => [new(incident.Updates.Length + 1, "resolved", merged.At, speech.IncidentMerged)],
        _ => [],
    };

    private static MessageFacts Maintenance(MessageOrder order, Maintenance maintenance)
    {
        if (!order.World.IsWhollyForEverybody(maintenance.Plan.Components, []))
        {
            return Hidden(order, maintenance);
        }

        var page = order.World.Page;
        var said = order.Stream.Topic.Maintenance is null ? [] : Wanted(
                order, maintenance.Updates, static update => update.Seq, static update => update.Removed is null)
            .Select(static update => new MessageUpdate(update.Seq, StatusWords.Of(update.Status), update.At, update.Body)
            {
                DisplayAt = update.DisplayAt,
                Automatic = update.Automatic,
            });
        var ended = maintenance.Cancelled ?? maintenance.Removed;
        var title = maintenance.FormerTitle ?? maintenance.Plan.Title;
        var status = maintenance.Removed is not null ? StatusWords.Removed : ended is null ? StatusWords.Of(maintenance.Status) : "completed";
        var end = ended is null ? Array.Empty<MessageUpdate>()
            : [new(
                maintenance.Updates.Length + 1, status, (maintenance.Removed ?? ended).At,
                maintenance.Removed is { } removed ? order.Speech.WasRemoved(title, removed.Reason) : order.Speech.CalledOff(ended.Reason))];
        return new()
        {
            PageId = page.Id,
            PageName = page.Name,
            PageUrl = page.Url,
            About = MessageSubject.Maintenance,
            Id = maintenance.Id.Value,
            Title = title,
            Url = UrlOf(page, "/maintenance/" + maintenance.Id.Value),
            Status = status,
            StartedAt = maintenance.StartedAt ?? maintenance.Plan.ScheduledFor,
            CreatedAt = maintenance.CreatedAt,
            UpdatedAt = maintenance.UpdatedAt,
            EndedAt = maintenance.Removed?.At ?? maintenance.CompletedAt ?? ended?.At,
            ScheduledFor = maintenance.Plan.ScheduledFor,
            ScheduledUntil = maintenance.Plan.ScheduledUntil,
            Components = ComponentsOf(order.World, maintenance.Plan.Components.Select(static id => (id, ComponentStatus.UnderMaintenance))),
            Updates = [.. end, .. said],
        };
    }

    /// <summary>What this subscriber has not heard yet, newest first.</summary>
    private static IEnumerable<T> Wanted<T>(MessageOrder order, ImmutableArray<T> all, Func<T, int> seq, Func<T, bool> readable)
    {
        var pending = order.Stream.Pieces.Where(static piece => piece.IsPending).Select(static piece => piece.Seq).ToHashSet();
        return all.Reverse().Where(one => pending.Contains(seq(one)) && readable(one));
    }

    private static ImmutableArray<MessageComponent> ComponentsOf(World world, IEnumerable<(ComponentId Id, ComponentStatus Status)> named) =>
    [
        .. named.Select(one => new MessageComponent(
            one.Id.Value,
            world.Components.TryGetValue(one.Id, out var component) ? component.Definition.Name : world.FormerNames.GetValueOrDefault(one.Id, one.Id.Value),
            one.Status)),
    ];

    private static string? UrlOf(Page page, string path) => page.Url is { } url ? url.TrimEnd('/') + path : null;
}

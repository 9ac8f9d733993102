using System.Text.Json;
using Candor.Notices.Wording;
using Candor.State;

namespace Candor.Notices.Channels.Webhook;

/// <summary>
/// The body: what Statuspage posts, member for member as far as it documents it, and our own truth under "candor". Built
/// from records of its own, as all public output. What programs look for is English whatever the subscriber speaks; what
/// is said to people, the texts, speaks as they do.
/// </summary>
internal static class WebhookBody
{
    public static byte[] Of(Message message)
    {
        var facts = message.Facts;
        return JsonSerializer.SerializeToUtf8Bytes(
            new WebhookPost
            {
                Meta = new(message.ManageUrl ?? message.UnsubscribeUrl, message.UnsubscribeUrl),
                Page = new(facts.PageId, facts.PageUrl, facts.PageLine.Indicator, facts.PageLine.Description),
                Incident = IsOfPage(facts) ? IncidentOf(facts) : null,
                Candor = new()
                {
                    Notice = message.Key,
                    Thread = message.Thread,
                    About = facts.About.ToString().ToLowerInvariant(),
                    ContinuesIn = facts.ContinuesIn is { } other ? new(other.Id, other.Title, StatusOf(facts), facts.Url) : null,
                    Removed = facts.Status == StatusWords.Removed ? true : null,
                    Subscription = facts.About is MessageSubject.Confirmation or MessageSubject.Link ? facts.Url : null,
                    Acknowledge = facts.About == MessageSubject.Reminder ? facts.Url : null,
                    DelayedSeconds = (long?)facts.Delay?.TotalSeconds,
                    DelayReason = facts.DelayReasonForPrograms,
                    NextUpdateBy = facts.NextUpdateBy,
                    Subject = message.Subject,
                    Text = message.Text,
                },
            },
            WebhookJson.Default.WebhookPost);
    }

    private static bool IsOfPage(MessageFacts facts) => facts.About is MessageSubject.Incident or MessageSubject.Maintenance;

    private static WebhookIncident IncidentOf(MessageFacts facts) => new()
    {
        Id = facts.Id,
        Name = facts.Title,
        Status = StatusOf(facts),
        Impact = facts.About == MessageSubject.Maintenance ? "maintenance" : facts.Impact.ToString().ToLowerInvariant(),
        CreatedAt = facts.CreatedAt,
        UpdatedAt = facts.UpdatedAt,
        StartedAt = facts.StartedAt,
        ResolvedAt = facts.EndedAt,
        ScheduledFor = facts.ScheduledFor,
        ScheduledUntil = facts.ScheduledUntil,
        Shortlink = facts.Url,
        Components = [.. facts.Components.Select(static one => new WebhookComponent(one.Id, one.Name, StatusWords.Of(one.Status)))],
        IncidentUpdates =
        [
            .. facts.Updates.Select(update => new WebhookUpdate(
                UpdateIds.Of(new(update.SaidIn ?? facts.Id), update.Seq), update.SaidIn ?? facts.Id, StatusOf(facts, update.Status), update.Body, update.At, update.DisplayAt)),
        ],
    };

    private static string StatusOf(MessageFacts facts) => StatusOf(facts, facts.Status);

    /// <summary>What was taken away is over: Statuspage has no other word that has a program forget it.</summary>
    private static string StatusOf(MessageFacts facts, string status) =>
        status != StatusWords.Removed ? status : facts.About == MessageSubject.Maintenance ? "completed" : "resolved";
}

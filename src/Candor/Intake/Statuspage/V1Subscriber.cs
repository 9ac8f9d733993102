using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Somebody who is told things. Addresses are kept apart from everything else, and this API does not hand them out.</summary>
internal sealed record V1Subscriber(
    string Id, string Mode, DateTimeOffset CreatedAt, DateTimeOffset? QuarantinedAt, DateTimeOffset? PurgeAt, IReadOnlyList<string> Components,
    bool SkipConfirmationNotification, string? Email, string? Endpoint, string? PhoneNumber, string? PhoneCountry,
    string? DisplayPhoneNumber, string? ObfuscatedChannelName, string? WorkspaceName, string? PageAccessUserId)
{
    public static V1Subscriber Of(Subscriber subscriber) => new(
        subscriber.Id.Value, ModeOf(subscriber), subscriber.JoinedAt, subscriber.Stopped is null ? null : subscriber.LeftAt, PurgeAt: null,
        [.. subscriber.Wishes.Components.Select(static one => one.Value)], SkipConfirmationNotification: false, Email: null, Endpoint: null,
        PhoneNumber: null, PhoneCountry: null, DisplayPhoneNumber: null, ObfuscatedChannelName: null, WorkspaceName: null, PageAccessUserId: null);

    /// <summary>Statuspage's word for the channel; for those that it does not know, the one for others.</summary>
    public static string ModeOf(Subscriber subscriber) =>
        subscriber.Wishes.Channel is "email" or "sms" or "webhook" or "slack" or "teams" ? subscriber.Wishes.Channel : "integration_partner";

    /// <summary>Statuspage's word for how it stands; "unsubscribed" is listed apart.</summary>
    public static string StateOf(Subscriber subscriber) => subscriber switch
    {
        { Stopped: not null } => "quarantined",
        { LeftAt: not null } => "unsubscribed",
        { ConfirmedAt: null } => "unconfirmed",
        _ => "active",
    };
}

/// <summary>How many subscribers there are of each kind.</summary>
internal sealed record V1SubscriberCount(int Email, int Sms, int Webhook, int Slack, int Teams, int IntegrationPartner)
{
    public static V1SubscriberCount Of(IReadOnlyCollection<Subscriber> counted)
    {
        int Having(string mode) => counted.Count(one => V1Subscriber.ModeOf(one) == mode);
        return new(Having("email"), Having("sms"), Having("webhook"), Having("slack"), Having("teams"), Having("integration_partner"));
    }
}

internal sealed record V1SubscriberStates(int Active, int Unconfirmed, int Quarantined, int Total)
{
    public static V1SubscriberStates Of(IEnumerable<Subscriber> all, string mode)
    {
        List<string> states = [.. all.Where(one => V1Subscriber.ModeOf(one) == mode).Select(V1Subscriber.StateOf).Where(static state => state != "unsubscribed")];
        int Having(string state) => states.Count(one => one == state);
        return new(Having("active"), Having("unconfirmed"), Having("quarantined"), states.Count);
    }
}

internal sealed record V1SubscriberHistogram(
    V1SubscriberStates Email, V1SubscriberStates Sms, V1SubscriberStates Webhook, V1SubscriberStates Slack, V1SubscriberStates Teams,
    V1SubscriberStates IntegrationPartner)
{
    public static V1SubscriberHistogram Of(IReadOnlyCollection<Subscriber> all)
    {
        V1SubscriberStates By(string mode) => V1SubscriberStates.Of(all, mode);
        return new(By("email"), By("sms"), By("webhook"), By("slack"), By("teams"), By("integration_partner"));
    }
}

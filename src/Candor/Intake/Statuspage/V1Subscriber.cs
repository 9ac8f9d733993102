using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Somebody who is told things, for whoever may see addresses. The address comes from beside the facts.</summary>
internal sealed record V1Subscriber(
    string Id, string Mode, DateTimeOffset CreatedAt, DateTimeOffset? QuarantinedAt, DateTimeOffset? PurgeAt, IReadOnlyList<string> Components,
    bool SkipConfirmationNotification, string? Email, string? Endpoint, string? PhoneNumber, string? PhoneCountry,
    string? DisplayPhoneNumber, string? ObfuscatedChannelName, string? WorkspaceName, string? PageAccessUserId, V1SubscriberTruth Candor)
{
    /// <param name="address">Null where it was forgotten, or cannot be opened.</param>
    /// <param name="signingKey">Shown once, to whoever entered the subscriber.</param>
    public static V1Subscriber Of(Subscriber subscriber, string? address, string? signingKey = null) => new(
        subscriber.Id.Value, ModeOf(subscriber), subscriber.JoinedAt, subscriber.Stopped is null ? null : subscriber.LeftAt, PurgeAt: null,
        [.. subscriber.Wishes.Components.Select(static one => one.Value)], SkipConfirmationNotification: false,
        subscriber.Wishes.Channel == "email" ? address : null, subscriber.Wishes.Channel == "webhook" ? address : null,
        subscriber.Wishes.Channel == "sms" ? address : null, PhoneCountry: null, subscriber.Wishes.Channel == "sms" ? address : null, ObfuscatedChannelName: null, WorkspaceName: null, PageAccessUserId: null,
        new(StateOf(subscriber), signingKey));

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

/// <param name="State">How it stands, in the word that lists are narrowed by.</param>
/// <param name="SigningKey">What the receiver of a webhook checks signatures with.</param>
internal sealed record V1SubscriberTruth(string State, string? SigningKey);

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

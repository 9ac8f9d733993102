using System.Collections.Frozen;

namespace Candor.Intake.Statuspage;

/// <summary>
/// Which members each kind of body may have. Beside those that do something stand those that Statuspage answers with:
/// tools read an object, change a member and send all of it back. They are not looked at.
/// </summary>
internal static class V1Wrappers
{
    private static readonly string[] ReadOnly = ["id", "page_id", "created_at", "updated_at", "candor"];

    public static readonly V1Wrapper Page = new("page", Of(
        "name", "domain", "subdomain", "url", "branding", "css_body_background_color", "css_font_color", "css_light_font_color",
        "css_greens", "css_yellows", "css_oranges", "css_reds", "css_blues", "css_border_color", "css_graph_color", "css_link_color",
        "css_no_data", "hidden_from_search", "viewers_must_be_team_members", "allow_page_subscribers", "allow_incident_subscribers",
        "allow_email_subscribers", "allow_sms_subscribers", "allow_rss_atom_feeds", "allow_webhook_subscribers",
        "notifications_from_email", "notifications_email_footer", "time_zone", "page_description", "headline", "support_url",
        "activity_score", "twitter_username", "ip_restrictions", "city", "state", "country"));

    public static readonly V1Wrapper Incident = new("incident", Of(
        "name", "status", "impact_override", "body", "components", "component_ids", "deliver_notifications",
        "scheduled_for", "scheduled_until", "scheduled_remind_prior", "scheduled_auto_in_progress", "scheduled_auto_completed",
        "scheduled_auto_transition", "auto_transition_to_maintenance_state", "auto_transition_to_operational_state",
        "auto_transition_deliver_notifications_at_start", "auto_transition_deliver_notifications_at_end", "metadata",
        "backfilled", "backfill_date",
        // Not done here: nobody tweets, and reminders go by the promised next update.
        "reminder_intervals", "auto_tweet_at_beginning", "auto_tweet_on_completion", "auto_tweet_on_creation", "auto_tweet_one_hour_before",
        // Answered by Statuspage.
        "impact", "incident_updates", "incident_impacts", "monitoring_at", "resolved_at", "started_at", "shortlink",
        "scheduled_reminded_at", "postmortem_body", "postmortem_body_last_updated_at", "postmortem_ignored",
        "postmortem_notified_subscribers", "postmortem_notified_twitter", "postmortem_published_at"));

    public static readonly V1Wrapper IncidentUpdate = new("incident_update", Of(
        "body", "display_at", "deliver_notifications", "wants_twitter_update",
        "incident_id", "status", "affected_components", "custom_tweet", "tweet_id", "twitter_updated_at"));

    public static readonly V1Wrapper Component = new("component", Of(
        "name", "description", "status", "only_show_if_degraded", "group_id", "showcase", "start_date",
        "position", "group", "automation_email"));

    public static readonly V1Wrapper Group = new("component_group", Of("name", "components", "description", "position"))
    {
        Beside = FrozenSet.Create(StringComparer.Ordinal, "description"),
    };

    public static readonly V1Wrapper Postmortem = new("postmortem", Of(
        "body_draft", "body", "notify_subscribers", "notify_twitter", "custom_tweet",
        "preview_key", "body_updated_at", "body_draft_updated_at", "published_at"));

    public static readonly V1Wrapper Template = new("template", Of(
        "name", "title", "body", "update_status", "should_tweet", "should_send_notifications", "component_ids", "group_id", "components"));

    public static readonly V1Wrapper Subscriber = new("subscriber", Of(
        "component_ids", "components", "email", "endpoint", "phone_country", "phone_number", "skip_confirmation_notification", "page_access_user",
        "mode", "quarantined_at", "purge_at", "display_phone_number", "obfuscated_channel_name", "workspace_name", "page_access_user_id"))
    {
        Beside = FrozenSet.Create(StringComparer.Ordinal, "component_ids", "skip_unsubscription_notification"),
    };

    public static readonly V1Wrapper Metric = new("metric", Of(
        "name", "metric_identifier", "transform", "suffix", "y_axis_min", "y_axis_max", "y_axis_hidden", "display", "decimal_places", "tooltip_description",
        // Answered by Statuspage.
        "metrics_provider_id", "backfilled", "most_recent_data_at", "last_fetched_at", "backfill_percentage", "reference_name"));

    public static readonly V1Wrapper Provider = new("metrics_provider", Of("type", "disabled", "metric_base_uri", "last_revalidated_at"));

    public static readonly V1Wrapper Point = new("data", FrozenSet.Create(StringComparer.Ordinal, "timestamp", "value"));

    /// <summary>Values by the ids of their metrics.</summary>
    public static readonly V1Wrapper Points = new("data", []) { TakesAny = true };

    /// <summary>Many at once are named without a top key.</summary>
    public static readonly V1Wrapper Subscribers = new("subscribers_named", [])
    {
        Beside = FrozenSet.Create(
            StringComparer.Ordinal, "subscribers", "type", "subscriber_type", "state", "subscriber_state", "skip_unsubscription_notification"),
        MayBeMissing = true,
    };

    public static readonly V1Wrapper Reader = new("page_access_user", Of(
        "email", "external_login", "page_access_group_id", "page_access_group_ids", "subscribe_to_components", "component_ids", "metric_ids"));

    public static readonly V1Wrapper ReaderGroup = new("page_access_group", Of(
        "name", "external_identifier", "component_ids", "metric_ids", "page_access_user_ids"));

    /// <summary>What is added to something else is named without a top key.</summary>
    public static readonly V1Wrapper Named = new("named", [])
    {
        Beside = FrozenSet.Create(StringComparer.Ordinal, "component_ids", "metric_ids", "page_access_user_ids", "page_access_group_ids"),
        MayBeMissing = true,
    };

    public static readonly V1Wrapper Embed = new("status_embed_config", Of(
        "position", "incident_background_color", "incident_text_color", "maintenance_background_color", "maintenance_text_color"));

    private static FrozenSet<string> Of(params string[] members) => members.Concat(ReadOnly).ToFrozenSet(StringComparer.Ordinal);
}

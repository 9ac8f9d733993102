using Candor.Admin;
using Candor.Notices.Subscribers;
using Candor.Pages.Html;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Subscribing;

/// <summary>A form about a subscription, as it was sent.</summary>
internal sealed record SentWishes(SubscribeFields Fields)
{
    private const int OfferedMost = 20;
    private static readonly string[] Choices = ["about", "minimum_impact", "maintenance", "time_zone", "digest"];
    private static readonly ManyOf Lists = new(Repeated: ["components", "incidents"]);

    /// <summary>Null where it was refused; the answer is written then.</summary>
    /// <param name="channel">Of a subscription that there is; null: the form names it, and the address.</param>
    public static async Task<SentWishes?> ReadAsync(HttpContext context, string? channel)
    {
        string[] names = channel is null ? [.. Choices, "channel", "address", "incident"] : Choices;
        if (await SentForm.ReadAsync(context, names, Lists) is not { } form)
        {
            return null;
        }

        return new(new SubscribeFields(channel ?? form["channel"])
        {
            Address = channel is null ? form["address"] : "",
            Components = [.. form.All("components")],
            MinimumImpact = Enum.TryParse<Impact>(form["minimum_impact"], ignoreCase: true, out var impact) && Enum.IsDefined(impact) ? impact : Impact.None,
            Maintenance = form["maintenance"] == "true",
            TimeZone = form["time_zone"].Trim(),
            Digest = Enum.TryParse<DigestEvery>(form["digest"], ignoreCase: true, out var digest) && Enum.IsDefined(digest) ? digest : DigestEvery.Each,
            OnlyIncidents = form["about"] == "incidents",
            Incident = channel is null && form["incident"] is { Length: > 0 } incident ? incident : null,
            Incidents = [.. form.All("incidents")],
        });
    }

    public SubscriberBody ToBody() => new()
    {
        Channel = Fields.Channel,
        Address = Fields.Address,
        Components = [.. Fields.Components.Order(StringComparer.Ordinal)],
        MinimumImpact = Fields.MinimumImpact,
        Maintenance = Fields.Maintenance,
        Digest = Fields.Digest,
        TimeZone = Fields.TimeZone.Length == 0 ? null : Fields.TimeZone,
    };

    /// <summary>The one incident that is asked for; null: what else the form says.</summary>
    public IncidentId? About => Fields.Incident is { } id ? new IncidentId(id) : null;

    /// <summary>
    /// Incidents that may be ticked: those that are open for every reader, and those that are told already. What the form did
    /// not show stays as it was.
    /// </summary>
    public static IReadOnlyList<Incident> Offered(World world, SubscriberWishes wishes) =>
    [
        .. world.OpenIncidents.Union(wishes.Incidents)
            .Where(id => SubscriberDecisions.MayFollow(world, id))
            .Select(id => world.Incidents[id])
            .OrderByDescending(static incident => incident.CreatedAt).ThenBy(static incident => incident.Id.Value, StringComparer.Ordinal)
            .Take(OfferedMost),
    ];

    public SubscriberWishes ToWishes(World world, SubscriberWishes before) => before with
    {
        Incidents = [.. before.Incidents.Except(Offered(world, before).Select(static one => one.Id)), .. Offered(world, before).Select(static one => one.Id).Where(id => Fields.Incidents.Contains(id.Value))],
        Components = [.. Fields.Components.Order(StringComparer.Ordinal).Select(static id => new ComponentId(id))],
        OnlyIncidents = Fields.OnlyIncidents && before.OnlyIncidents,
        MinimumImpact = Fields.MinimumImpact,
        Maintenance = Fields.Maintenance,
        Digest = Fields.Digest,
        TimeZone = Fields.TimeZone.Length == 0 ? null : Fields.TimeZone,
    };

    public static SubscribeFields Of(SubscriberWishes wishes) => new(wishes.Channel)
    {
        Components = [.. wishes.Components.Select(static id => id.Value)],
        MinimumImpact = wishes.MinimumImpact,
        Maintenance = wishes.Maintenance,
        TimeZone = wishes.TimeZone ?? "",
        OnlyIncidents = wishes.OnlyIncidents,
        Incidents = [.. wishes.Incidents.Select(static id => id.Value)],
        Digest = wishes.Digest,
    };
}

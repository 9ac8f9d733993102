using Candor.Admin;
using Candor.Notices.Subscribers;
using Candor.Pages.Html;
using Candor.State;

namespace Candor.Subscribing;

/// <summary>A form about a subscription, as it was sent.</summary>
internal sealed record SentWishes(SubscribeFields Fields)
{
    private static readonly string[] Choices = ["about", "minimum_impact", "maintenance", "time_zone", "digest"];
    private static readonly ManyOf Components = new(Repeated: "components");

    /// <summary>Null where it was refused; the answer is written then.</summary>
    /// <param name="channel">Of a subscription that there is; null: the form names it, and the address.</param>
    public static async Task<SentWishes?> ReadAsync(HttpContext context, string? channel)
    {
        string[] names = channel is null ? [.. Choices, "channel", "address"] : Choices;
        if (await SentForm.ReadAsync(context, names, Components) is not { } form)
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

    public SubscriberWishes ToWishes(SubscriberWishes before) => before with
    {
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
        Digest = wishes.Digest,
    };
}

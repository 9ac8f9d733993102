using Candor.State;
using Candor.State.Incidents;

namespace Candor.Notices.Wording;

/// <summary>What a subscription is about, for whoever is asked whether they want it: names of this page, and no word of whoever asked.</summary>
internal static class Choices
{
    private const int NamesMost = 8;

    public static string Of(MessageOrder order)
    {
        var (world, wishes, speech) = (order.World, order.Subscriber.Wishes, order.Speech);
        if (wishes.OnlyIncidents)
        {
            return speech.Chosen([Titles(order)]);
        }

        string?[] said =
        [
            wishes.Components.IsEmpty ? speech.WholePage : speech.Language.Lists.And(Named(world, wishes, speech)),
            wishes.Incidents.IsEmpty ? null : Titles(order),
            wishes.MinimumImpact == Impact.None ? null : speech.FromImpact(speech.Language.Names.Of(wishes.MinimumImpact)),
            wishes.Maintenance ? null : speech.NoMaintenance,
            wishes.Digest == DigestEvery.Each ? null : speech.Together(wishes.Digest),
        ];
        return speech.Chosen([.. said.OfType<string>()]);
    }

    private static List<string> Named(World world, SubscriberWishes wishes, NoticeSpeech speech)
    {
        var known = wishes.Components.Where(id => world.Components.ContainsKey(id) && world.IsWhollyForEverybody([id], []))
            .Select(id => world.Components[id].Definition.Name).ToList();
        return known.Count <= NamesMost ? known : [.. known.Take(NamesMost), speech.Language.Lists.MoreComponents(known.Count - NamesMost)];
    }

    private static string Titles(MessageOrder order) => order.Speech.Language.Lists.And(
    [
        .. order.Subscriber.Wishes.Incidents.Select(id => order.World.Incidents.TryGetValue(id, out var one)
            && one.Published && order.World.IsWhollyForEverybody(one.AffectedComponents, one.OnlyFor) ? order.Speech.Quoted(one.Title) : order.Speech.NotPublic),
    ]);
}

using Candor.Languages;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Mirrors.Telling;

/// <summary>
/// Who would be told of a bulletin, which is critical and about the whole page: what they wish is applied here, where it is
/// known, so that a mirror gets nothing of it but an address and the way out.
/// </summary>
internal static class EmergencyContacts
{
    private const string Channel = "email";

    /// <summary>In the order in which they joined.</summary>
    public static ContactList Of(World world, ContactBook book)
    {
        // Of a page that is for some only, a mirror has nothing to show to anybody.
        if (!world.Page.OnlyFor.IsEmpty)
        {
            return ContactList.Nobody;
        }

        var people = world.Subscribers.Values.Where(WouldBeTold).OrderBy(static one => one.Number)
            .Select(one => (Subscriber: one, Contact: book.Find(one.Id)))
            .Where(one => one.Contact is { Secret.Length: > 0 } contact && !book.IsBlocked(contact.Address, HostOf(contact.Address)))
            .Select(one => new ContactEntry(one.Contact!.Address, SubscriptionLink.Of(one.Subscriber.Id, one.Contact.Secret!, LinkUse.Leave).ToString())
            {
                Language = TagOf(Language.Spoken(one.Subscriber.Wishes.Language) ?? Language.Of(world.Page.Language)),
            });
        return new(world.Page.Name, world.Page.Url, [.. people]);
    }

    /// <summary>Whoever wants a digest has asked not to be told of each word, and whoever follows one incident of nothing else.</summary>
    public static bool WouldBeTold(Subscriber one) =>
        one is { IsTold: true, Erased: false, Wishes: { Channel: Channel, OnlyIncidents: false, Digest: DigestEvery.Each } };

    private static string? TagOf(Language language) => language == Language.English ? null : language.Tag;

    private static string HostOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}

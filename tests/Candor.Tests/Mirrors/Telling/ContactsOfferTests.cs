using System.Collections.Immutable;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Notices.Subscribers;
using Candor.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What a publisher seals for its mirrors, for whom, and when anew.</summary>
public sealed class ContactsOfferTests : IDisposable
{
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly MemoryDisk disk = new();
    private readonly SigningKey publisher = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly ContactsKey key;
    private readonly ContactsOffer offer;
    private ContactList? people = new("Heron", null, [new("ada@example.com", "ada.0"), new("bob@example.com", "bob.0")]);

    public ContactsOfferTests()
    {
        key = ContactsKey.Make(new MemoryDisk(), "contacts.key", publisher.Public);
        disk.Replace("contacts.pub", System.Text.Encoding.ASCII.GetBytes(key.Public + "\n"));
        disk.Replace("contacts.token", "secret\n"u8);
        offer = new(new(disk, "contacts.pub", "contacts.token", time, NullLogger<ContactsGrant>.Instance), () => people, publisher, time);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        publisher.Dispose();
        key.Dispose();
    }

    [Fact]
    public void Whoever_was_erased_is_gone_from_the_newest_a_minute_later()
    {
        Assert.Equal(["ada@example.com", "bob@example.com"], Opened());
        people = people! with { People = [people.People[1]] };
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["bob@example.com"], Opened());
    }

    [Fact]
    public void They_are_sealed_anew_where_somebody_changed_and_twice_a_day()
    {
        var first = offer.Newest();
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Same(first, offer.Newest());
        people = people! with { People = [people.People[1]] };
        time.Advance(TimeSpan.FromSeconds(50));
        people = people with { People = [] };
        Assert.Same(first, offer.Newest());
        time.Advance(TimeSpan.FromSeconds(10));
        var second = offer.Newest();
        Assert.NotSame(first, second);
        time.Advance(TimeSpan.FromHours(12));
        Assert.NotSame(second, offer.Newest());
        Assert.True(HeaderOf(offer.Newest()!).At > HeaderOf(second!).At);
    }

    [Fact]
    public void Where_nobody_allows_it_any_more_mirrors_hear_that_they_are_to_keep_none()
    {
        var before = offer.Newest()!;
        disk.Delete("contacts.pub");
        time.Advance(TimeSpan.FromSeconds(2));
        var none = HeaderOf(offer.Newest()!);
        Assert.Equal(0, none.Count);
        Assert.True(none.At > HeaderOf(before).At);
        Assert.Same(offer.Newest(), offer.Newest());
    }

    [Theory]
    [InlineData("")]
    [InlineData("BI2z")]
    public void A_key_file_that_was_cut_off_makes_no_mirror_forget(string rest)
    {
        var before = offer.Newest();
        disk.Replace("contacts.pub", System.Text.Encoding.ASCII.GetBytes(rest));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, HeaderOf(offer.Newest() ?? before!).Count);

        // After a start nothing is known of what they allow, so nothing is said.
        var again = new ContactsOffer(new(disk, "contacts.pub", "contacts.token", time, NullLogger<ContactsGrant>.Instance), () => people, publisher, time);
        Assert.Null(again.Newest());
        disk.Delete("contacts.pub");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, HeaderOf(again.Newest()!).Count);
    }

    [Fact]
    public void Before_the_addresses_are_read_nothing_is_said()
    {
        people = null;
        Assert.Null(offer.Newest());
    }

    [Fact]
    public void The_token_admits_and_nothing_else_does()
    {
        Assert.True(offer.Grant.Admits("secret"));
        Assert.All(new[] { null, "", "Secret", "secret ", "secre" }, shown => Assert.False(offer.Grant.Admits(shown)));
        disk.Delete("contacts.token");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.All(new[] { null, "", "secret" }, shown => Assert.False(offer.Grant.Admits(shown)));
    }

    [Fact]
    public async Task Those_are_in_it_who_would_be_told_by_mail_of_each_word_about_the_page()
    {
        var randomness = new SystemRandomness();
        await using var book = await ContactBook.OpenAsync(
            new MemoryContacts(), new(new SecretBox(MasterKeys.Load(new MemoryDisk(), "master.key", null, randomness), randomness), randomness), Ct);
        var at = MadeUpWorld.Start;
        var mail = new SubscriberWishes("email");
        var wishes = new Dictionary<string, SubscriberWishes>(StringComparer.Ordinal)
        {
            ["told00000001"] = mail,
            ["told00000002"] = mail with { MinimumImpact = Impact.Critical, Components = [MadeUpWorld.Mail], Maintenance = false, Language = "de-AT" },
            ["digest000001"] = mail with { Digest = Enum.GetValues<DigestEvery>().First(static one => one != DigestEvery.Each) },
            ["single000001"] = mail with { OnlyIncidents = true, Incidents = [new("incident0001")] },
            ["hook00000001"] = new("webhook"),
            ["left00000001"] = mail,
            ["blocked00001"] = mail,
            ["erased000001"] = mail,
        };
        var world = MadeUpWorld.Well().After(wishes.Select(one => (Event)new SubscriberJoined(at, new(one.Key), one.Value, Confirmed: true)))
            .After(
                new SubscriberJoined(at, new("asking000001"), mail, Confirmed: false), new SubscriberLeft(at, new("left00000001")),
                new SubscriberErased(at, new("erased000001")), new SubscriberJoined(at, new("noaddress001"), mail, Confirmed: true));
        foreach (var id in wishes.Keys.Append("asking000001"))
        {
            await book.PutAsync([(new(id), "email", new($"{id}@example.com") { Secret = "secret" })], Ct);
        }

        await book.BlockAsync("blocked00001@example.com", at, Ct);
        var list = EmergencyContacts.Of(world, book);
        Assert.Equal(["told00000001@example.com", "told00000002@example.com"], list.People.Select(static one => one.Address));
        Assert.Equal([null, "de"], list.People.Select(static one => one.Language));
        Assert.Equal(("Heron Copier", "https://status.example.com"), (list.Page, list.Url));
        Assert.Equal(SubscriptionLink.Of(new("told00000001"), "secret", LinkUse.Leave).ToString(), list.People[0].Leave);

        var restricted = world.After(new PageConfigured(at, world.Page with { Audiences = ["staff"], OnlyFor = ["staff"] }));
        Assert.Empty(EmergencyContacts.Of(restricted, book).People);
    }

    private ContactsHeader HeaderOf(byte[] written) => SealedContacts.Read(publisher.Public, written).Contacts!.Header;

    private ImmutableArray<string> Opened()
    {
        var contacts = SealedContacts.Read(publisher.Public, offer.Newest()!).Contacts!;
        return [.. contacts.Open(key.KeyOf(contacts.Header)!)!.People.Select(static one => one.Address)];
    }
}

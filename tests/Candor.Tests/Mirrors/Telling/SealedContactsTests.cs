using System.Text;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What a mirror keeps of people: nothing that it can read, and nothing that its publisher has not signed.</summary>
public sealed class SealedContactsTests : IDisposable
{
    private static readonly ContactList List = new("Heron", "https://status.example.com", [new("ada@example.com", "ada000000000.00ff"), new("bob@example.com", "bob000000000.00ff")]);

    private readonly MemoryDisk disk = new();
    private readonly SigningKey publisher = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly SigningKey other = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly ContactsKey key;

    public SealedContactsTests() => key = ContactsKey.Make(disk, "contacts.key", publisher.Public);

    public void Dispose()
    {
        publisher.Dispose();
        other.Dispose();
        key.Dispose();
    }

    [Fact]
    public void Only_the_key_that_is_kept_elsewhere_opens_them()
    {
        var contacts = Sealed();
        using var kept = ContactsKey.Read(disk, "contacts.key")!;
        Assert.Equal(List.People, contacts.Open(kept.KeyOf(contacts.Header)!)!.People);
        Assert.Equal((List.Page, List.Url, 2), (List.Page, List.Url, contacts.Header.Count));

        using var strange = ContactsKey.Make(disk, "other.key", publisher.Public);
        Assert.Null(contacts.Open(strange.KeyOf(contacts.Header)!));
        Assert.Null(contacts.Open([]));
    }

    [Fact]
    public void The_key_of_one_sealing_opens_no_other()
    {
        var (first, second) = (Sealed(), Sealed());
        Assert.Null(second.Open(key.KeyOf(first.Header)!));
        Assert.NotEqual(first.Header.Point, second.Header.Point);
        Assert.NotEqual(first.Box, second.Box);
    }

    [Fact]
    public void SEC_40_No_address_and_no_link_is_in_what_a_mirror_keeps()
    {
        var kept = Encoding.Latin1.GetString(Sealed().Write());
        Assert.DoesNotContain("example.com", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("ada00000", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_is_read_and_every_changed_byte_of_it_is_refused()
    {
        var written = Sealed().Write();
        Assert.Equal(2, SealedContacts.Read(publisher.Public, written).Contacts!.Header.Count);
        for (var at = 0; at < written.Length; at++)
        {
            var changed = written.ToArray();
            changed[at] ^= 1;
            Assert.True(SealedContacts.Read(publisher.Public, changed).Contacts is null, $"byte {at} may be changed");
        }

        for (var length = 0; length < written.Length; length++)
        {
            Assert.Null(SealedContacts.Read(publisher.Public, written.AsSpan(0, length)).Contacts);
        }

        Assert.Null(SealedContacts.Read(publisher.Public, [.. written, 0]).Contacts);
    }

    [Fact]
    public void What_another_publisher_has_signed_is_refused()
    {
        var (contacts, refusal) = SealedContacts.Read(other.Public, Sealed().Write());
        Assert.Null(contacts);
        Assert.Contains("not signed with the publisher's key", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_for_an_edition_is_none_for_contacts()
    {
        var contacts = Sealed();
        Assert.Null(ContactsHeader.Read(publisher.Public, contacts.Signed, publisher.Sign(Purpose.Edition, contacts.Signed)).Header);
    }

    [Fact]
    public void That_there_are_to_be_none_is_signed_too()
    {
        var none = SealedContacts.Read(publisher.Public, SealedContacts.None(publisher, MadeUpWorld.Start).Write()).Contacts!;
        Assert.Equal(0, none.Header.Count);
        Assert.Null(key.KeyOf(none.Header));
    }

    [Fact]
    public void A_file_that_is_no_such_key_is_named()
    {
        SigningKey.Make(disk, "emergency.key").Dispose();
        disk.Replace("nonsense.key", "nonsense"u8);
        Assert.Null(ContactsKey.Read(disk, "missing.key"));
        Assert.Contains("does not say whose", Assert.Throws<InvalidDataException>(() => ContactsKey.Read(disk, "emergency.key")).Message, StringComparison.Ordinal);
        Assert.Contains("no key that opens contacts", Assert.Throws<InvalidDataException>(() => ContactsKey.Read(disk, "nonsense.key")).Message, StringComparison.Ordinal);
    }

    private SealedContacts Sealed() => SealedContacts.Seal(List.Write(), List.People.Length, key.Public, publisher, MadeUpWorld.Start);
}

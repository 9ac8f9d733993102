using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Every contact, open in memory. Whoever is taken out is forgotten on the disk first.</summary>
internal sealed class ContactBook : IAsyncDisposable
{
    /// <summary>Rows with such ids hold what is never written to; no subscriber's id has a colon.</summary>
    private const string BlockPrefix = "block:";

    /// <summary>The key by which addresses are recognised that are not kept.</summary>
    private const string TraceKey = "recognising";

    /// <summary>Rows with such ids hold keys of this installation that are of no use without the addresses.</summary>
    private const string OwnPrefix = "own:";

    private readonly IContactStore store;
    private readonly ContactBox box;
    private readonly ConcurrentDictionary<SubscriberId, Contact> contacts = new();
    private readonly ConcurrentDictionary<SubscriberId, Contact> blocks = new();
    private readonly ConcurrentDictionary<SubscriberId, Contact> own = new();
    private readonly ConcurrentDictionary<string, SubscriberId> known = new(StringComparer.Ordinal);

    private ContactBook(IContactStore store, ContactBox box) => (this.store, this.box) = (store, box);

    /// <summary>Held from looking an address up until its subscriber is in the journal, so that no address is entered twice.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public IEnumerable<(SubscriberId Id, Contact Contact)> All => contacts.Select(static one => (one.Key, one.Value));

    /// <summary>Rows that no key here opens; their subscribers cannot be reached.</summary>
    public int Shut { get; private set; }

    /// <summary>Rows that were sealed with an older key and are sealed with the current one now.</summary>
    public int Renewed { get; private set; }

    /// <summary>Rows that an older key is still needed for: they belong to a channel that this build does not know.</summary>
    public int LeftAsTheyWere { get; private set; }

    /// <summary>
    /// Seals with the current key what was sealed with an older one, fingerprints included: otherwise an address that is
    /// known would look new, and one that is blocked would not. Throws <see cref="IOException"/> where there are rows and no
    /// key opens any of them.
    /// </summary>
    public static async Task<ContactBook> OpenAsync(IContactStore store, ContactBox box, CancellationToken cancellation)
    {
        var book = new ContactBook(store, box);
        try
        {
            await book.ReadAsync(cancellation);
            return book;
        }
        catch
        {
            await book.DisposeAsync();
            throw;
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var changes = new List<(SubscriberId Id, SealedContact? Row)>();
        var rows = await store.ReadAsync(cancellation);
        foreach (var (id, row) in rows)
        {
            if (box.Open(id, row) is { } opened)
            {
                Take(id, row, opened, changes);
            }
            else
            {
                Shut++;
            }
        }

        if (Shut > 0 && Shut == rows.Count)
        {
            throw new IOException(
                $"None of the {rows.Count} addresses in subscribers.db can be opened with the keys that are here. Restore master.key; where it is lost "
                + "for good nobody can read them any more: move subscribers.db away to begin without them.");
        }

        if (changes.Count > 0)
        {
            await store.WriteAsync(changes, cancellation);
        }
    }

    private void Take(SubscriberId id, SealedContact row, Contact opened, List<(SubscriberId Id, SealedContact? Row)> changes)
    {
        var isCurrent = box.IsOfCurrentKey(row);
        if ((isCurrent ? new(id, row.Fingerprint) : PlaceOf(id, row, opened)) is not { } place)
        {
            LeftAsTheyWere++;
            Keep(new(id, row.Fingerprint), opened);
            return;
        }

        // Those from before there were links get what links are made with.
        var contact = opened.Secret is null ? opened with { Secret = box.NewSecret() } : opened;
        Renewed += isCurrent ? 0 : 1;
        if (place.Id != id)
        {
            changes.Add((id, null));
        }

        if (!isCurrent || !ReferenceEquals(contact, opened))
        {
            changes.Add((place.Id, box.Seal(place.Id, place.Fingerprint, contact)));
        }

        Keep(place, contact);
    }

    /// <summary>Where it belongs by the current key; null where it cannot be told of which channel it is.</summary>
    private Place? PlaceOf(SubscriberId id, SealedContact row, Contact contact)
    {
        if (id.Value.StartsWith(BlockPrefix, StringComparison.Ordinal))
        {
            var blocked = contact.Address.Length == 0 ? id : BlockOf(contact.Address);
            return new(blocked, blocked.Value);
        }

        if (id.Value.StartsWith(OwnPrefix, StringComparison.Ordinal))
        {
            return new(id, id.Value);
        }

        return ChannelKinds.All.FirstOrDefault(kind => box.IsOf(row, kind.Name, contact.Address)) is { } channel
            ? new(id, box.Fingerprint(channel.Name, contact.Address))
            : null;
    }

    private void Keep(Place place, Contact contact)
    {
        if (place.Id.Value.StartsWith(BlockPrefix, StringComparison.Ordinal))
        {
            blocks[place.Id] = contact;
        }
        else if (place.Id.Value.StartsWith(OwnPrefix, StringComparison.Ordinal))
        {
            own[place.Id] = contact;
        }
        else
        {
            contacts[place.Id] = contact;
            known[place.Fingerprint] = place.Id;
        }
    }

    private readonly record struct Place(SubscriberId Id, string Fingerprint);

    /// <summary>Addresses, and hosts written as @example.com, that nobody may have told; with the day since when.</summary>
    public IEnumerable<(string What, DateTimeOffset? Since)> Blocks =>
        blocks.Values.Where(static one => one.Address.Length > 0).Select(static one => (one.Address, one.KeptSince));

    /// <summary>How many addresses are kept as nothing but what recognises them.</summary>
    public int Recognised => blocks.Values.Count(static one => one.Address.Length == 0);

    /// <param name="host">Who answers for the address: its domain, its web host.</param>
    public bool IsBlocked(string address, string host) =>
        blocks.ContainsKey(BlockOf(address)) || blocks.ContainsKey(BlockOf("@" + host)) || (TraceOf(address) is { } trace && blocks.ContainsKey(trace));

    /// <summary>
    /// Nobody may have the address told, and it is not kept: only a fingerprint by a key that is made for this and lies sealed
    /// beside it, so that it stays what it is when the master key is another one.
    /// </summary>
    public async Task RecogniseAsync(string address, CancellationToken cancellation)
    {
        await KeyAsync(TraceKey, box.NewSecret, cancellation);
        var (id, kept) = (TraceOf(address)!.Value, new Contact("") { Secret = "" });
        await store.WriteAsync([(id, box.Seal(id, id.Value, kept))], cancellation);
        blocks[id] = kept;
    }

    /// <summary>Null where nobody has been recognised yet.</summary>
    private SubscriberId? TraceOf(string address) => own.TryGetValue(new(OwnPrefix + TraceKey), out var key)
        ? new(BlockPrefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret!), Encoding.UTF8.GetBytes(address)).AsSpan(0, 16)))
        : null;

    public async Task BlockAsync(string what, DateTimeOffset since, CancellationToken cancellation)
    {
        var (id, kept) = (BlockOf(what), new Contact(what) { KeptSince = since, Secret = "" });
        await store.WriteAsync([(id, box.Seal(id, id.Value, kept))], cancellation);
        blocks[id] = kept;
    }

    /// <summary>False where it was not blocked.</summary>
    public async Task<bool> UnblockAsync(string what, CancellationToken cancellation)
    {
        var there = new[] { BlockOf(what), TraceOf(what) }.OfType<SubscriberId>().Where(blocks.ContainsKey).ToList();
        foreach (var id in there)
        {
            await store.WriteAsync([(id, null)], cancellation);
            blocks.TryRemove(id, out _);
        }

        return there.Count > 0;
    }

    /// <summary>A key of this installation, sealed as addresses are; made where there is none.</summary>
    public async Task<string> KeyAsync(string name, Func<string> make, CancellationToken cancellation)
    {
        var id = new SubscriberId(OwnPrefix + name);
        if (own.TryGetValue(id, out var known))
        {
            return known.Secret!;
        }

        var made = new Contact(name) { Secret = make() };
        await store.WriteAsync([(id, box.Seal(id, id.Value, made))], cancellation);
        own[id] = made;
        return made.Secret!;
    }

    private SubscriberId BlockOf(string what) => new(BlockPrefix + box.Fingerprint("block", what)[..32]);

    public Contact? Find(SubscriberId id) => contacts.GetValueOrDefault(id);

    /// <summary>The subscriber that has this address on this channel already, or null.</summary>
    public SubscriberId? FindByAddress(string channel, string address) =>
        known.TryGetValue(box.Fingerprint(channel, address), out var id) ? id : null;

    public async Task PutAsync(IReadOnlyList<(SubscriberId Id, string Channel, Contact Contact)> many, CancellationToken cancellation)
    {
        var rows = many.Select(one => (one.Id, (SealedContact?)box.Seal(one.Id, box.Fingerprint(one.Channel, one.Contact.Address), one.Contact))).ToList();
        await store.WriteAsync(rows, cancellation);
        foreach (var ((id, _, contact), (_, row)) in many.Zip(rows))
        {
            contacts[id] = contact;
            known[row!.Fingerprint] = id;
        }
    }

    public async Task ForgetAsync(SubscriberId id, CancellationToken cancellation)
    {
        await store.WriteAsync([(id, null)], cancellation);
        contacts.TryRemove(id, out _);
        foreach (var row in known.Where(row => row.Value == id).ToList())
        {
            known.TryRemove(row);
        }
    }

    public ValueTask DisposeAsync()
    {
        Gate.Dispose();
        return store.DisposeAsync();
    }
}

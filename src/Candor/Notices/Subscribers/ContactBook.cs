using System.Collections.Concurrent;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Every contact, open in memory. Whoever is taken out is forgotten on the disk first.</summary>
internal sealed class ContactBook : IAsyncDisposable
{
    private readonly IContactStore store;
    private readonly ContactBox box;
    private readonly ConcurrentDictionary<SubscriberId, Contact> contacts = new();
    /// <summary>Rows with such ids hold what is never written to; no subscriber's id has a colon.</summary>
    private const string BlockPrefix = "block:";

    /// <summary>Rows with such ids hold keys of this installation that are of no use without the addresses.</summary>
    private const string OwnPrefix = "own:";

    private readonly ConcurrentDictionary<SubscriberId, Contact> blocks = new();
    private readonly ConcurrentDictionary<SubscriberId, Contact> own = new();
    private readonly ConcurrentDictionary<string, SubscriberId> known = new(StringComparer.Ordinal);

    private ContactBook(IContactStore store, ContactBox box) => (this.store, this.box) = (store, box);

    /// <summary>Held from looking an address up until its subscriber is in the journal, so that no address is entered twice.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public IEnumerable<(SubscriberId Id, Contact Contact)> All => contacts.Select(static one => (one.Key, one.Value));

    /// <summary>Rows that no key here opens; their subscribers cannot be reached.</summary>
    public int Shut { get; private set; }

    public static async Task<ContactBook> OpenAsync(IContactStore store, ContactBox box, CancellationToken cancellation)
    {
        var book = new ContactBook(store, box);
        var secretless = new List<(SubscriberId Id, SealedContact? Row)>();
        foreach (var (id, row) in await store.ReadAsync(cancellation))
        {
            if (box.Open(id, row) is { } opened)
            {
                // Those from before there were links get what links are made with.
                var contact = opened.Secret is null ? opened with { Secret = box.NewSecret() } : opened;
                if (!ReferenceEquals(contact, opened))
                {
                    secretless.Add((id, box.Seal(id, row.Fingerprint, contact)));
                }

                if (id.Value.StartsWith(BlockPrefix, StringComparison.Ordinal))
                {
                    book.blocks[id] = contact;
                    continue;
                }

                if (id.Value.StartsWith(OwnPrefix, StringComparison.Ordinal))
                {
                    book.own[id] = contact;
                    continue;
                }

                book.contacts[id] = contact;
                book.known[row.Fingerprint] = id;
            }
            else
            {
                book.Shut++;
            }
        }

        if (secretless.Count > 0)
        {
            await store.WriteAsync(secretless, cancellation);
        }

        return book;
    }

    /// <summary>Addresses, and hosts written as @example.com, that nobody may have told; with the day since when.</summary>
    public IEnumerable<(string What, DateTimeOffset? Since)> Blocks => blocks.Values.Select(static one => (one.Address, one.KeptSince));

    /// <param name="host">Who answers for the address: its domain, its web host.</param>
    public bool IsBlocked(string address, string host) => blocks.ContainsKey(BlockOf(address)) || blocks.ContainsKey(BlockOf("@" + host));

    public async Task BlockAsync(string what, DateTimeOffset since, CancellationToken cancellation)
    {
        var (id, kept) = (BlockOf(what), new Contact(what) { KeptSince = since, Secret = "" });
        await store.WriteAsync([(id, box.Seal(id, id.Value, kept))], cancellation);
        blocks[id] = kept;
    }

    public async Task UnblockAsync(string what, CancellationToken cancellation)
    {
        await store.WriteAsync([(BlockOf(what), null)], cancellation);
        blocks.TryRemove(BlockOf(what), out _);
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

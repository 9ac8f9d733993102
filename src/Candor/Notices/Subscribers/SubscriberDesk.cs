using Candor.Access;
using Candor.Effects;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Notices.Subscribers;

/// <summary>
/// Enters subscribers and takes them out. The address is stored before the journal knows of the subscriber: what a crash
/// leaves between the two is an address that nobody is told at, never a subscriber without one.
/// </summary>
internal sealed partial class SubscriberDesk(
    Func<Journal<World, Event>> journal, Func<PostOffice?> office, IRandomness randomness, TimeProvider time)
{
    private static readonly Refusal NotYet = new("notices.starting", "The addresses of subscribers have not been read yet. Try again in a moment.");

    public World World => journal().State;

    public PostOffice? Office => office();

    public TimeProvider Time => time;

    /// <summary>As people see it (<see cref="ShownAddress"/>); null where it was erased, or cannot be opened.</summary>
    public string? AddressOf(SubscriberId id) =>
        WholeAddressOf(id) is { } address ? World.Subscribers.TryGetValue(id, out var there) ? ShownAddress.Of(there.Wishes.Channel, address) : address : null;

    /// <summary>To send to, to search by, and for the export.</summary>
    public string? WholeAddressOf(SubscriberId id) => Office?.Contacts?.Find(id)?.Address;

    /// <summary>Whose id it is, or whose address on any channel, as the channel reads it.</summary>
    public IReadOnlyList<Subscriber> Named(string what) =>
    [
        .. ChannelKinds.All.Select(kind => kind.ReadAddress(what).Address is { } address ? Office?.Contacts?.FindByAddress(kind.Name, address) : null)
            .Append(new(what)).OfType<SubscriberId>().Distinct()
            .Select(id => World.Subscribers.GetValueOrDefault(id)).OfType<Subscriber>().Where(static one => !one.Erased),
    ];

    /// <summary>Whether strangers may ask to be told. What is for some readers only is told to nobody.</summary>
    public bool IsOpen => IsReady && World.Page is { Url: not null, OnlyFor.IsEmpty: true };

    /// <summary>The journal and the addresses have been read.</summary>
    public bool IsReady => Office?.Contacts is not null;

    public Page Page => IsReady ? World.Page : Page.Unconfigured;

    /// <summary>What whoever has shown no link may know of it: of a private page nothing but its language.</summary>
    public Page PageForStrangers => Page.OnlyFor.IsEmpty ? Page : Page.Unconfigured with { Language = Page.Language };

    /// <summary>The subscriber and, where it is new, the key to check signatures with.</summary>
    public async Task<(SubscriberId Id, string? SigningKey, Refusal? Refusal)> EnterAsync(
        SubscriberBody body, Actor by, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        var (id, contact, wishes, refusal) = Read(OfThePage(body));
        refusal ??= Blocked(body) ?? SubscriberDecisions.Join(World, time.GetUtcNow(), id, wishes!, confirmed: true, by).Refusal;
        if (refusal is not null)
        {
            return (id, null, refusal);
        }

        var (_, outcome) = await KeepAsync([(id, contact, wishes!)], by, cancellation);
        return (id, contact?.SigningKeys[0], outcome);
    }

    /// <summary>The same for one incident: whoever is told already keeps all that they have.</summary>
    public async Task<(SubscriberId Id, string? SigningKey, Refusal? Refusal)> FollowAsync(
        SubscriberBody body, IncidentId incident, Actor by, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        var at = time.GetUtcNow();
        var (id, contact, wishes, refusal) = Read(body);
        refusal ??= Blocked(body) ?? SubscriberDecisions.Follow(World, at, id, wishes!.Channel, incident, by).Refusal;
        if (refusal is not null)
        {
            return (id, null, refusal);
        }

        if (contact is not null)
        {
            await Office!.Contacts!.PutAsync([(id, wishes!.Channel, contact)], cancellation);
        }

        var outcome = await journal().CommitAsync(
            world => SubscriberDecisions.Follow(world, at, id, wishes!.Channel, incident, by), CommitClass.Essential, cancellation);
        return (id, contact?.SigningKeys[0], outcome.Refusal);
    }

    /// <summary>Many at once: stored in one write, joined in one commit. What is wrong with one keeps none of the others out.</summary>
    public async Task<(BatchView? Done, Refusal? Refusal)> EnterManyAsync(SubscriberBatch batch, Actor by, CancellationToken cancellation)
    {
        if (!IsReady)
        {
            return (null, NotYet);
        }

        using var held = await HoldAsync(cancellation);
        var (taken, refused, at) = (new List<(SubscriberId Id, Contact? Contact, SubscriberWishes Wishes)>(), new List<BatchRefusal>(), time.GetUtcNow());
        var warnings = new List<BatchWarning>();
        foreach (var (index, body) in batch.Subscribers.Index())
        {
            var (id, contact, wishes, refusal) = Read(OfThePage(body));
            refusal ??= Blocked(body) ?? SubscriberDecisions.Join(World, at, id, wishes!, confirmed: true, by).Refusal;
            if (refusal is null)
            {
                taken.Add((id, contact, wishes!));
                if (WarningOf(body) is { } warning)
                {
                    warnings.Add(new(index, warning));
                }
            }
            else
            {
                refused.Add(new(index, refusal.Code, refusal.Sentence));
            }
        }

        // The same address twice in one batch is one subscriber.
        taken = [.. taken.DistinctBy(static one => one.Contact?.Address ?? one.Id.Value)];
        var (entered, outcome) = await KeepAsync(taken, by, cancellation);
        return (new(entered, taken.Count - entered, refused) { Warnings = warnings }, outcome);
    }

    /// <summary>What to say to whoever enters it, or null where it looks like one person's.</summary>
    public static string? WarningOf(SubscriberBody body) =>
        ChannelKinds.Find(body.Channel ?? "")?.ReadAddress(body.Address ?? "").Address is { } address ? SharedMailboxes.Warning(body.Channel!, address) : null;

    private async Task<(int Entered, Refusal? Refusal)> KeepAsync(
        IReadOnlyList<(SubscriberId Id, Contact? Contact, SubscriberWishes Wishes)> many, Actor by, CancellationToken cancellation)
    {
        var isNew = many.Where(static one => one.Contact is not null).ToList();
        await Office!.Contacts!.PutAsync([.. isNew.Select(static one => (one.Id, one.Wishes.Channel, one.Contact!))], cancellation);
        var at = time.GetUtcNow();
        var outcome = await journal().CommitAsync(
            world => Steps.InOrder(world, [.. many.Select<(SubscriberId Id, Contact? Contact, SubscriberWishes Wishes), Func<World, Decision<Event>>>(
                one => w => SubscriberDecisions.Join(w, at, one.Id, one.Wishes, confirmed: true, by))]),
            CommitClass.Essential, cancellation);
        return (isNew.Count, outcome.Refusal);
    }

    /// <summary>Whoever is entered by name is to be told of the page, also where they followed single incidents alone.</summary>
    private static SubscriberBody OfThePage(SubscriberBody body) => body with { OnlyIncidents = false };

    /// <summary>A contact of null: the address is known, and the subscriber is the one that has it.</summary>
    /// <param name="byStranger">What somebody has chosen who is told already is none of theirs: not even by what is refused.</param>
    private (SubscriberId Id, Contact? Contact, SubscriberWishes? Wishes, Refusal? Refusal) Read(SubscriberBody body, bool byStranger = false)
    {
        if (Office?.Contacts is not { } contacts)
        {
            return (default, null, null, NotYet);
        }

        if (ChannelKinds.Find(body.Channel ?? "") is not { } kind)
        {
            return (default, null, null, new(
                "no_channel", $"There is no channel “{body.Channel}”; known are {string.Join(", ", ChannelKinds.All.Select(static one => one.Name))}.", "channel"));
        }

        var (address, fault) = kind.ReadAddress(body.Address ?? "");
        if (address is null)
        {
            return (default, null, null, fault);
        }

        var known = contacts.FindByAddress(kind.Name, address);

        // What is left out stays as somebody has chosen it who is told already.
        var before = !byStranger && known is { } id && World.Subscribers.GetValueOrDefault(id) is { IsTold: true } there
            ? there.Wishes
            : new SubscriberWishes(kind.Name);

        // Names are the page's own words; to a stranger they are not: what is for some readers only has none.
        var (components, nobody) = body.Components is { } said && !byStranger ? NamedComponents.In(World, said, before.Components) : ([.. (body.Components ?? []).Select(static one => new ComponentId(one))], null);
        if (nobody is not null)
        {
            return (default, null, null, nobody);
        }

        var wishes = before with
        {
            OnlyIncidents = body.OnlyIncidents ?? (body.Components is null && before.OnlyIncidents),
            Incidents = body.Incidents is { } followed ? [.. followed.TakeLast(SubscriberDecisions.IncidentsMost).Select(static incident => new IncidentId(incident))] : before.Incidents,
            Components = body.Components is null ? before.Components : components,
            MinimumImpact = body.MinimumImpact ?? before.MinimumImpact,
            Maintenance = body.Maintenance ?? before.Maintenance,
            Language = Chosen(body.Language, before.Language),
            TimeZone = Chosen(body.TimeZone, before.TimeZone),
            Digest = body.Digest ?? before.Digest,
            Reminders = body.Reminders ?? before.Reminders,
        };
        return known is { } found
            ? (found, null, wishes, null)
            : (new(randomness.NextId()), NewContact(address), wishes, null);
    }

    private static string? Chosen(string? said, string? before) =>
        said is null ? before : said.Equals(SubscriberBody.ThePages, StringComparison.OrdinalIgnoreCase) ? null : said;

    private Contact NewContact(string address) => new(address)
    {
        SigningKeys = [NewKey()],
        Secret = Hashes.NewSecret(randomness),
        KeptSince = time.GetUtcNow(),
    };

    /// <summary>Until it is given back, nobody else looks an address up or enters one.</summary>
    private async Task<IDisposable?> HoldAsync(CancellationToken cancellation)
    {
        if (Office?.Contacts is not { } contacts)
        {
            return null;
        }

        await contacts.Gate.WaitAsync(cancellation);
        return new Held(contacts.Gate);
    }

    /// <summary>Ends a subscription and forgets who it was.</summary>
    /// <param name="by">Null: they themselves, or the time that nothing is kept beyond.</param>
    public async Task<Refusal?> EraseAsync(SubscriberId id, Actor? by, CancellationToken cancellation)
    {
        if (Office?.Contacts is not { } contacts)
        {
            return NotYet;
        }

        using var held = await HoldAsync(cancellation);
        var at = time.GetUtcNow();
        if (World.Subscribers.GetValueOrDefault(id) is { Stopped: StopReason.Complaint } && contacts.Find(id) is { } complained)
        {
            // Whoever called a message unwanted is not asked again, however often the address is entered anew.
            await contacts.RecogniseAsync(complained.Address, cancellation);
        }

        var outcome = await journal().CommitAsync(
            world => Steps.InOrder(world, w => SubscriberDecisions.Leave(w, at, id, by), w => SubscriberDecisions.Erase(w, at, id)),
            CommitClass.Essential, cancellation);
        if (outcome.Refusal is null)
        {
            await contacts.ForgetAsync(id, cancellation);
        }

        return outcome.Refusal;
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    private string NewKey()
    {
        var bytes = new byte[24];
        randomness.Fill(bytes);
        return "whsec_" + Convert.ToHexStringLower(bytes);
    }
}

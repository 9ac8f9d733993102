using System.Text.RegularExpressions;
using Candor.Access;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>What readers do without an account: ask to be told, and everything that a link in a message proves to be theirs.</summary>
internal sealed partial class SubscriberDesk
{
    private static readonly Refusal NoPageAddress = new(
        "no_page_address", "This page does not say where it is, so no link can be sent. Its owner writes page.url into candor.yaml.");

    /// <summary>What is wrong with the form of it, before anything is looked up.</summary>
    public Refusal? Against(SubscriberBody body) => Read(body, byStranger: true).Refusal ?? (
        World.Page.Url is null ? NoPageAddress
        : !Office!.Offered.Contains(body.Channel!) ? new("no_channel", $"Nobody can be told by {body.Channel} here at the moment.", "channel")
        : null);

    /// <summary>
    /// A reader wants an address to be told: it gets the link, and nothing else changes. Whether it was known, blocked or asked
    /// for today already is not said. Callers that face strangers go through <see cref="OptIn"/>, which has the caps.
    /// </summary>
    /// <param name="about">One incident, and nothing else; null: what the body says.</param>
    public async Task<Refusal?> AskAsync(SubscriberBody body, IncidentId? about, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        if (Against(body) is { } wrong)
        {
            return wrong;
        }

        // Nobody makes a responder of themselves.
        var at = time.GetUtcNow();
        var (id, contact, read, _) = Read(body with { Reminders = false }, byStranger: true);
        var wishes = about is { } incident ? new(read!.Channel) { Incidents = [incident], OnlyIncidents = true } : read!;
        var decided = SubscriberDecisions.Ask(World, at, id, wishes);

        // What is wrong with what was asked is said first: a blocked address is answered like any other, then too.
        if (decided.Refusal is not null || decided.Events.Count == 0 || IsBlocked(body))
        {
            return decided.Refusal;
        }

        if (contact is not null)
        {
            await Office!.Contacts!.PutAsync([(id, wishes.Channel, contact)], cancellation);
        }

        return (await journal().CommitAsync(world => SubscriberDecisions.Ask(world, at, id, wishes), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>Whether nobody may have this address told. Its form has been checked.</summary>
    private bool IsBlocked(SubscriberBody body) =>
        ChannelKinds.Find(body.Channel!) is { } kind && kind.ReadAddress(body.Address!).Address is { } address
        && Office!.Contacts!.IsBlocked(address, kind.DestinationOf(address));

    /// <summary>To operators it is said, and where to undo it.</summary>
    private Refusal? Blocked(SubscriberBody body) => IsBlocked(body)
        ? new("blocked", "This address stands on the list “Never written to”; take it off there before entering it.", "address")
        : null;

    /// <summary>They want never to be asked again: the address is destroyed, and what recognises it is kept.</summary>
    public async Task<Refusal?> BlockAsync(Subscriber subscriber, Contact contact, CancellationToken cancellation)
    {
        await Office!.Contacts!.RecogniseAsync(contact.Address, cancellation);
        return await EraseAsync(subscriber.Id, by: null, cancellation);
    }

    /// <summary>An operator's list: a whole address, or a host as @example.com.</summary>
    public async Task<Refusal?> BlockAsync(string what, CancellationToken cancellation)
    {
        var read = Readings(what);
        if (read.Count == 0)
        {
            return new("block", "Write an address such as ada@example.com, or a whole domain as @example.com.", "what");
        }

        foreach (var one in read)
        {
            await Office!.Contacts!.BlockAsync(one, time.GetUtcNow(), cancellation);
        }

        return null;
    }

    /// <summary>False where it was not blocked.</summary>
    public async Task<bool> UnblockAsync(string what, CancellationToken cancellation)
    {
        // Entries that an earlier version made stand as they were written, or in lower case whatever the channel makes of that.
        var (plain, was) = (what.Trim(), false);
        foreach (var one in Readings(what).Append(plain).Append(plain.ToLowerInvariant()).Distinct().ToList())
        {
            was |= await Office!.Contacts!.UnblockAsync(one, cancellation);
        }

        return was;
    }

    /// <summary>
    /// A host, or the address as each channel that can read it keeps and compares it: letters of a path are not the same in
    /// upper and lower case, those of a mailbox are. Nothing where it is neither.
    /// </summary>
    private static IReadOnlyList<string> Readings(string what) => what.Trim() is ['@', ..] host
        ? host.ToLowerInvariant() is var plain && Host().IsMatch(plain) ? [plain] : []
        : [.. ChannelKinds.All.Select(kind => kind.ReadAddress(what.Trim()).Address).OfType<string>().Distinct()];

    /// <summary>A whole domain, with the port of a web host where it has one: no part of a name and no pattern, which would block nobody.</summary>
    [GeneratedRegex(@"^@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(:\d{1,5})?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Host();

    /// <summary>An operator has somebody's link sent again.</summary>
    public async Task<Refusal?> AskForAsync(SubscriberId id, Actor by, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        return World.Page.Url is null ? NoPageAddress
            : (await journal().CommitAsync(world => SubscriberDecisions.AskFor(world, at, id, by), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>Whose link it is, or null where it leads nowhere: wrong, replaced, or forgotten.</summary>
    public (Subscriber Subscriber, Contact Contact)? Behind(string text, LinkUse use) =>
        SubscriptionLink.Read(text) is { } link
        && Office?.Contacts?.Find(link.Subscriber) is { Secret: { } secret } contact
        && (link.Proves(secret, use) || (use == LinkUse.Leave && contact.FormerSecrets.Any(former => link.Proves(former, use))))
        && World.Subscribers.TryGetValue(link.Subscriber, out var subscriber) && !subscriber.Erased
            ? (subscriber, contact)
            : null;

    /// <summary>They confirm, come back, or change what they are told.</summary>
    public async Task<Refusal?> ConfirmAsync(SubscriberId id, SubscriberWishes wishes, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        return (await journal().CommitAsync(world => SubscriberDecisions.ConfirmWith(world, at, id, wishes), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>An operator has somebody reminded of what is due, or no more.</summary>
    public async Task<Refusal?> RemindAsync(SubscriberId id, bool reminded, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        return (await journal().CommitAsync(world => SubscriberDecisions.Remind(world, at, id, reminded), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>A responder has in hand what they were reminded of.</summary>
    public async Task<Refusal?> AcknowledgeAsync(Subscriber subscriber, Topic about, string occasion, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        return (await journal().CommitAsync(
            world => ReminderClock.Acknowledge(world, at, about, subscriber.Id, occasion), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>They want no more; the address is kept for a while, so that they may come back by their link.</summary>
    public async Task<Refusal?> LeaveAsync(SubscriberId id, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        return (await journal().CommitAsync(world => SubscriberDecisions.Leave(world, at, id, by: null), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>An operator ends it for them.</summary>
    public async Task<Refusal?> TakeOutAsync(SubscriberId id, Actor by, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        return (await journal().CommitAsync(world => SubscriberDecisions.Leave(world, at, id, by), CommitClass.Essential, cancellation)).Refusal;
    }

    /// <summary>Links from before can do nothing but unsubscribe; the new one is given back.</summary>
    public async Task<SubscriptionLink> RenewLinkAsync(Subscriber subscriber, Contact contact, CancellationToken cancellation)
    {
        var secret = Hashes.NewSecret(randomness);
        await Office!.Contacts!.PutAsync([(subscriber.Id, subscriber.Wishes.Channel, contact.WithSecret(secret))], cancellation);
        return SubscriptionLink.Of(subscriber.Id, secret, LinkUse.Manage);
    }

    /// <summary>A new key to sign with; the one before signs beside it until the next.</summary>
    public Task RenewKeyAsync(Subscriber subscriber, Contact contact, CancellationToken cancellation) => Office!.Contacts!.PutAsync(
        [(subscriber.Id, subscriber.Wishes.Channel, contact with { SigningKeys = [NewKey(), .. contact.SigningKeys.Take(1)] })], cancellation);
}

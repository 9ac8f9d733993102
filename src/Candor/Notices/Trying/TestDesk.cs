using Candor.Access;
using Candor.Effects;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Subscribers;
using Candor.Notices.Wording;
using Candor.State;

namespace Candor.Notices.Trying;

/// <summary>
/// Sends a test by a channel, for whoever may enter subscribers and so have anything sent anywhere. It goes through the
/// channel's own process and its egress guard, is held to a pace, reaches nobody who does not want to be written to, and
/// what their side answered is said as the ledger says it: no body.
/// </summary>
internal sealed class TestDesk(SubscriberDesk desk, IRandomness randomness, TimeProvider time)
{
    private static readonly BrakeRule OfDestination = new(5, TimeSpan.FromMinutes(1));
    private static readonly BrakeRule OfAll = new(20, TimeSpan.FromSeconds(15));
    private static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Brake brake = new(time);

    /// <summary>To somebody who subscribes.</summary>
    public Task<TestOutcome> SendAsync(SubscriberId id, CancellationToken cancellation) =>
        desk.World.Subscribers.TryGetValue(id, out var subscriber) && desk.WholeAddressOf(id) is { } address
            ? SendAsync(subscriber.Wishes.Channel, address, cancellation)
            : Task.FromResult(TestOutcome.Refused(new("no_such_subscriber", "There is no such subscriber, or the address was destroyed.")));

    public async Task<TestOutcome> SendAsync(string channel, string text, CancellationToken cancellation)
    {
        var (kind, address, refusal) = Read(channel, text);
        if (refusal is not null)
        {
            return TestOutcome.Refused(refusal);
        }

        if (brake.Take(($"{kind!.Name}:{kind.DestinationOf(address!)}", OfDestination), ("all", OfAll)) is { } wait)
        {
            return TestOutcome.Refused(new(
                "too_many", $"Too many tests went there. The next one is possible in {Math.Ceiling(wait.TotalSeconds):0} s.")) with { Wait = wait };
        }

        var began = time.GetTimestamp();
        try
        {
            var room = await RoomAsync(kind.Name, cancellation);
            var message = TestLetter.Of(desk.World.Page, address!, randomness.NextId(32), time.GetUtcNow());

            // A light that turns green by a test says something of the page that nobody said.
            message = message with { Words = message.Words with { Facts = message.Facts with { PageLine = PageLines.Of(desk.World) } } };
            var handover = await room.TryAsync(Known(message, kind.Name), cancellation);
            return new(handover, time.GetElapsedTime(began));
        }
        catch (Exception fault) when (fault is TimeoutException or IOException)
        {
            return new(Handover.TryAgain(Blame.Channel, "no_answer", "the process of the channel did not answer in time; the log of Candor says why"), time.GetElapsedTime(began));
        }
    }

    private (IChannelKind? Kind, string? Address, Refusal? Refusal) Read(string channel, string text)
    {
        if (desk.Office is not { Contacts: { } contacts } office)
        {
            return (null, null, new("notices.starting", "The addresses of subscribers have not been read yet. Try again in a moment."));
        }

        if (ChannelKinds.Find(channel) is not { } kind)
        {
            return (null, null, new(
                "no_channel", $"There is no channel “{channel}”; known are {string.Join(", ", ChannelKinds.All.Select(static one => one.Name))}.", "channel"));
        }

        if (!office.CanOpen(kind))
        {
            return (null, null, new("no_settings", $"The settings say nothing of notices.{kind.Name}; docs/settings.md has an example.", "channel"));
        }

        var (address, fault) = kind.ReadAddress(text);
        return address is null ? (null, null, fault)
            : contacts.IsBlocked(address, kind.DestinationOf(address)) ? (null, null, new("blocked", "This address stands on the list “Never written to”.", "address"))
            : HasLeft(kind.Name, address) ? (null, null, new("left", "Whoever has this address has left, and is written to no more.", "address"))
            : (kind, address, null);
    }

    private bool HasLeft(string channel, string address) =>
        desk.Office!.Contacts!.FindByAddress(channel, address) is { } id
        && desk.World.Subscribers.TryGetValue(id, out var known) && (known.LeftAt is not null || known.Stopped is not null);

    /// <summary>
    /// Whoever subscribes can check the signature of a test as well, and gets it by the same way as everything else: on public
    /// networks only where a stranger entered the address.
    /// </summary>
    internal Message Known(Message message, string channel) =>
        desk.Office!.Contacts!.FindByAddress(channel, message.Address) is { } id && desk.Office.Contacts.Find(id) is { } contact
            ? message with
            {
                SigningKeys = contact.SigningKeys,
                PublicOnly = desk.World.Subscribers.GetValueOrDefault(id) is { EnteredByStranger: true },
            }
            : message;

    /// <summary>The room of a channel that nobody subscribes by is opened for the test, and stays.</summary>
    private async Task<Postroom> RoomAsync(string channel, CancellationToken cancellation)
    {
        desk.Office!.Open(channel);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < OpensWithin)
        {
            if (desk.Office.Rooms.FirstOrDefault(one => one.Channel == channel) is { IsOpen: true } room)
            {
                return room;
            }

            await Task.Delay(LookAgain, time, cancellation);
        }

        throw new TimeoutException();
    }
}

using System.Net;
using System.Net.Sockets;
using Candor.Access;
using Candor.Journal;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>
/// The one way by which strangers have an address told: confirmed by a link that goes there and nowhere else, held to caps
/// by where they come from, by network, and in all, and answered alike in words and in time, whatever is known of the address.
/// </summary>
internal sealed class OptIn(SubscriberDesk desk, TimeProvider time)
{
    private static readonly BrakeRule OfPlace = new(20, TimeSpan.FromMinutes(10));
    private static readonly BrakeRule OfNetwork = new(100, TimeSpan.FromMinutes(2));
    private static readonly BrakeRule OfAll = new(500, TimeSpan.FromSeconds(7));
    private static readonly BrakeRule OfHost = new(5, TimeSpan.FromHours(1));

    /// <summary>Answers come at multiples of this: what is stored for a new address takes less.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(400);

    private readonly Brake brake = new(time);

    public Task<AskOutcome> AskAsync(SubscriberBody body, IPAddress? from, CancellationToken cancellation) => AskAsync(body, null, from, cancellation);

    /// <param name="about">One incident, and nothing else; null: what the body says.</param>
    /// <param name="from">Where it comes from, or null where nobody can say.</param>
    public async Task<AskOutcome> AskAsync(SubscriberBody body, IncidentId? about, IPAddress? from, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        if (desk.Against(body) is { } wrong)
        {
            return new(wrong, null);
        }

        if (brake.Take([.. TriesOf(body, from)]) is { } wait)
        {
            return new(new("too_many", $"Too many have asked from here. The next one is possible in {Language.English.Spans.Words(Waits.Said(wait))}."), wait);
        }

        var refusal = await desk.AskAsync(body, about, cancellation);
        var took = time.GetElapsedTime(began);
        await Task.Delay((Math.Floor(took / Beat) + 1) * Beat - took, time, cancellation);
        return new(refusal, null);
    }

    private static IEnumerable<(string, BrakeRule)> TriesOf(SubscriberBody body, IPAddress? from)
    {
        if (from is not null)
        {
            yield return ($"place:{Source.Of(from)}", OfPlace);
        }

        yield return ($"network:{NetworkOf(from)}", OfNetwork);
        yield return ("all", OfAll);

        if (ChannelKinds.Find(body.Channel!) is { } kind && kind.ReadAddress(body.Address!).Address is { } address
            && FloodedBy(kind, address) is { } whom)
        {
            yield return ($"host:{whom}", OfHost);
        }
    }

    /// <summary>
    /// A mail domain is many people's, and a mailbox is asked once a day. A web host is somebody's who could be flooded; at a
    /// service for many it is one conversation there, whatever stands behind its path.
    /// </summary>
    private static string? FloodedBy(IChannelKind kind, string address)
    {
        var host = kind.DestinationOf(address);
        return !kind.IsForMany(host) ? host
            : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? host + uri.AbsolutePath
            : null;
    }

    /// <summary>A /24, or the /48 that one IPv6 customer is given.</summary>
    private static string NetworkOf(IPAddress? from)
    {
        if (from is null)
        {
            return "?";
        }

        var plain = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        var length = plain.AddressFamily == AddressFamily.InterNetworkV6 ? 6 : 3;
        return Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, length));
    }
}

/// <summary>What is said to whoever asked: nothing about the address, or what to do otherwise.</summary>
/// <param name="Wait">How long until the next one may ask, where there were too many.</param>
internal sealed record AskOutcome(Refusal? Refusal, TimeSpan? Wait);

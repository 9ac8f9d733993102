using System.Net;

namespace Candor.Effects;

/// <summary>
/// Every outgoing connection. The real one is the egress guard: a name is resolved once, each address is classified,
/// and the connection goes to an address that passed. Nothing else in Candor opens a socket.
/// </summary>
internal interface INetwork
{
    /// <summary>
    /// The addresses of a name (an address literal is its own answer). Forbidden ones are in the answer, marked, so that
    /// the caller can say why nothing was tried.
    /// </summary>
    ValueTask<Resolution> ResolveAsync(string host, CancellationToken cancellation);

    /// <summary>
    /// Opens a TCP stream to an address. Throws <see cref="EgressForbiddenException"/> where the guard refuses and
    /// <see cref="System.Net.Sockets.SocketException"/> where the network does.
    /// </summary>
    ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellation);

    /// <summary>Sends one datagram and returns the first answer from the same endpoint that <paramref name="accept"/> takes.</summary>
    ValueTask<byte[]> ExchangeAsync(
        IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, Func<ReadOnlyMemory<byte>, bool> accept, CancellationToken cancellation);

    /// <summary>
    /// Sends one echo request and returns the round-trip time. Throws <see cref="PingUnavailableException"/> where this
    /// process may not send one.
    /// </summary>
    ValueTask<TimeSpan> PingAsync(IPAddress address, CancellationToken cancellation);
}

/// <summary>What a name resolved to: addresses that may be used in the order to try, and those that the guard refuses.</summary>
/// <param name="Reason">One sentence for readers where nothing may be tried; empty otherwise.</param>
internal sealed record Resolution(
    NameAnswer Answer, IReadOnlyList<IPAddress> Allowed, IReadOnlyList<IPAddress> Forbidden, string Reason);

/// <summary>The guard refused an address. The message names the address, the rule and the setting that would allow it.</summary>
internal sealed class EgressForbiddenException(string message) : Exception(message);

/// <summary>This process may not send echo requests. The message says how to allow it.</summary>
internal sealed class PingUnavailableException(string message) : Exception(message);

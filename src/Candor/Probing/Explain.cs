using System.Net.Sockets;
using System.Security.Authentication;
using Candor.Effects;

namespace Candor.Probing;

/// <summary>
/// Turns what went wrong into a reading and a phrase for readers. The line that matters most is drawn here: a fault of
/// our own machine is never evidence about the service.
/// </summary>
internal static class Explain
{
    /// <summary>Null for what nobody foresaw: that is a defect and must surface as one.</summary>
    public static Sighting? Of(Exception fault, Attempt attempt) => fault switch
    {
        SightingException e => e.Sighting,
        EgressForbiddenException e => Sighting.None(e.Message),
        PingUnavailableException e => Sighting.None(e.Message),
        OperationCanceledException => TimedOut(attempt),
        TooLargeException e => Sighting.Bad(e.Message),
        SocketException e => Socket(e.SocketErrorCode),
        AuthenticationException => Sighting.Bad("TLS handshake failed"),
        HttpRequestException e => Http(e, attempt),
        HttpIOException e => Protocol(e.HttpRequestError),
        InvalidDataException => Sighting.Bad("answered something that cannot be read"),
        EndOfStreamException => Sighting.Bad("closed the connection too early"),
        IOException { InnerException: { } inner } when Of(inner, attempt) is { } known => known,
        IOException => Sighting.Bad(attempt.Doing == Attempt.Tls ? "TLS handshake failed" : "connection broke"),
        _ => null,
    };

    public static string Seconds(TimeSpan time) => time switch
    {
        { TotalSeconds: >= 10 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalSeconds: >= 1 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
    };

    private static Sighting TimedOut(Attempt attempt)
    {
        var after = Seconds(attempt.Timeout);
        return attempt.Doing switch
        {
            Attempt.Dns => Sighting.None($"our resolver did not answer within {after}"),
            Attempt.Connect => Sighting.Bad($"timed out after {after} while connecting"),
            Attempt.Tls => Sighting.Bad($"timed out after {after} in the TLS handshake"),
            Attempt.Body => Sighting.Bad($"timed out after {after} while sending its answer"),
            _ => Sighting.Bad($"timed out after {after}"),
        };
    }

    private static Sighting Socket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => Sighting.Bad("connection refused"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted => Sighting.Bad("connection reset"),
        SocketError.TimedOut => Sighting.Bad("connection timed out"),
        SocketError.HostUnreachable or SocketError.HostDown => Sighting.Bad("host unreachable"),
        SocketError.Shutdown or SocketError.Disconnecting => Sighting.Bad("connection broke"),

        // From here on it is this machine that could not even try.
        SocketError.NetworkUnreachable or SocketError.NetworkDown => Sighting.None("this machine has no route there"),
        SocketError.TooManyOpenSockets => Sighting.None("this machine has too many open files"),
        SocketError.NoBufferSpaceAvailable => Sighting.None("this machine has no buffer space left"),
        SocketError.AddressNotAvailable => Sighting.None("this machine has no free port or address of that family left"),
        SocketError.AccessDenied => Sighting.None("this machine's own firewall forbids it"),
        SocketError.AddressFamilyNotSupported => Sighting.None("this machine does not speak that address family"),
        _ => Sighting.None($"this machine's network failed ({error})"),
    };

    private static Sighting Http(HttpRequestException fault, Attempt attempt) =>
        fault.InnerException is { } inner && inner is not HttpRequestException && Of(inner, attempt) is { } known
            ? known
            : Protocol(fault.HttpRequestError);

    private static Sighting Protocol(HttpRequestError error) => error switch
    {
        HttpRequestError.ResponseEnded => Sighting.Bad("closed the connection too early"),
        HttpRequestError.ConfigurationLimitExceeded => Sighting.Bad("its headers are larger than 64 KiB"),
        HttpRequestError.InvalidResponse => Sighting.Bad("its answer is not HTTP"),
        _ => Sighting.Bad("its answer cannot be read as HTTP"),
    };
}

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
    public static Finding? Of(Exception fault, Attempt attempt) => fault switch
    {
        FindingException e => e.Finding,
        EgressForbiddenException e => Finding.None(e.Message),
        PingUnavailableException e => Finding.None(e.Message),
        OperationCanceledException => TimedOut(attempt),
        TooLargeException e => Finding.Bad(e.Message),
        SocketException e => Socket(e.SocketErrorCode),
        AuthenticationException => Finding.Bad("TLS handshake failed"),
        HttpRequestException e => Http(e, attempt),
        HttpIOException e => Protocol(e.HttpRequestError),
        InvalidDataException => Finding.Bad("answered something that cannot be read"),
        EndOfStreamException => Finding.Bad("closed the connection too early"),
        IOException { InnerException: { } inner } when Of(inner, attempt) is { } known => known,
        IOException => Finding.Bad(attempt.Doing == Attempt.Tls ? "TLS handshake failed" : "connection broke"),
        _ => null,
    };

    public static string Seconds(TimeSpan time) => time switch
    {
        { TotalSeconds: >= 10 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalSeconds: >= 1 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
    };

    private static Finding TimedOut(Attempt attempt)
    {
        var after = Seconds(attempt.Timeout);
        return attempt.Doing switch
        {
            Attempt.Dns => Finding.None($"our resolver did not answer within {after}"),
            Attempt.Connect => Finding.Bad($"timed out after {after} while connecting"),
            Attempt.Tls => Finding.Bad($"timed out after {after} in the TLS handshake"),
            Attempt.Body => Finding.Bad($"timed out after {after} while sending its answer"),
            _ => Finding.Bad($"timed out after {after}"),
        };
    }

    private static Finding Socket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => Finding.Bad("connection refused"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted => Finding.Bad("connection reset"),
        SocketError.TimedOut => Finding.Bad("connection timed out"),
        SocketError.HostUnreachable or SocketError.HostDown => Finding.Bad("host unreachable"),
        SocketError.Shutdown or SocketError.Disconnecting => Finding.Bad("connection broke"),

        // From here on it is this machine that could not even try.
        SocketError.NetworkUnreachable or SocketError.NetworkDown => Finding.None("this machine has no route there"),
        SocketError.TooManyOpenSockets => Finding.None("this machine has too many open files"),
        SocketError.NoBufferSpaceAvailable => Finding.None("this machine has no buffer space left"),
        SocketError.AddressNotAvailable => Finding.None("this machine has no free port or address of that family left"),
        SocketError.AccessDenied => Finding.None("this machine's own firewall forbids it"),
        SocketError.AddressFamilyNotSupported => Finding.None("this machine does not speak that address family"),
        _ => Finding.None($"this machine's network failed ({error})"),
    };

    private static Finding Http(HttpRequestException fault, Attempt attempt) =>
        fault.InnerException is { } inner && inner is not HttpRequestException && Of(inner, attempt) is { } known
            ? known
            : Protocol(fault.HttpRequestError);

    private static Finding Protocol(HttpRequestError error) => error switch
    {
        HttpRequestError.ResponseEnded => Finding.Bad("closed the connection too early"),
        HttpRequestError.ConfigurationLimitExceeded => Finding.Bad("its headers are larger than 64 KiB"),
        HttpRequestError.InvalidResponse => Finding.Bad("its answer is not HTTP"),
        _ => Finding.Bad("its answer cannot be read as HTTP"),
    };
}

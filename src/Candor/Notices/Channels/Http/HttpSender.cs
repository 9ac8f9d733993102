using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Candor.Effects;

namespace Candor.Notices.Channels.Http;

/// <summary>Hands one request over, through the egress guard, and has the answer read. Shared by everything that speaks HTTP.</summary>
internal sealed class HttpSender(ChannelTools tools, TimeSpan within) : IDisposable
{
    private const int BodyBytesMost = 16 * 1024;
    private static readonly TimeSpan WaitMost = TimeSpan.FromHours(6);

    private readonly HttpMessageInvoker http = new(OutboundHttp.Handler(tools.Network));

    /// <summary>The beginning of each answer's body is read as well; else it is left where it is.</summary>
    public bool ReadsBodies { get; init; }

    /// <summary>
    /// What ends without an answer once the request was on its way is unknown, whatever it was: silence, a reset, a connection
    /// that ended. What ended before that surely did not arrive.
    /// </summary>
    public async Task<Handover> SendAsync(HttpRequestMessage request, Func<HttpAnswer, Handover> read, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(within);
        var content = WatchedContent.Around(request);
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var body = ReadsBodies ? await BodyAsync(answer, patience.Token) : "";
            return read(new((int)answer.StatusCode, answer.ReasonPhrase ?? "", After(answer), body));
        }
        catch (OperationCanceledException)
        {
            return Unanswered(content, "timeout", string.Create(CultureInfo.InvariantCulture, $"no answer within {within.TotalSeconds:F0} s"));
        }
        catch (Exception fault) when (Forbidden(fault) is { } forbidden)
        {
            return Handover.Refused(Blame.Recipient, "forbidden", forbidden.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException or AuthenticationException)
        {
            return Unanswered(content, content.MayHaveArrived ? "cut" : "unreachable", fault.Message);
        }
    }

    public void Dispose() => http.Dispose();

    private static Handover Unanswered(WatchedContent content, string reason, string said) => content.MayHaveArrived
        ? Handover.Silent(reason, said)
        : Handover.TryAgain(Blame.Destination, reason, said);

    private static async Task<string> BodyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[BodyBytesMost];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private TimeSpan? After(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - tools.Time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return Bounded(asked);
    }

    /// <summary>Nobody is believed who asks for longer than six hours, or for less than nothing.</summary>
    public static TimeSpan? Bounded(TimeSpan? asked) => asked switch
    {
        null => null,
        { } wait when wait < TimeSpan.Zero => TimeSpan.Zero,
        { } wait => wait < WaitMost ? wait : WaitMost,
    };

    private static EgressForbiddenException? Forbidden(Exception? fault) =>
        fault is null ? null : fault as EgressForbiddenException ?? Forbidden(fault.InnerException);
}

using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;

namespace Candor.Commands;

/// <summary>Asks mirrors about telling people, signed with the emergency key.</summary>
internal sealed class TellingClient : IDisposable
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A mail is sent meanwhile where one is asked for.</summary>
    private static readonly TimeSpan TrialWithin = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);
    private const int AnswerBytesMax = 64 * 1024;

    private readonly SigningKey emergency;
    private readonly HttpClient http;

    public TellingClient(Terminal terminal, SigningKey emergency)
    {
        this.emergency = emergency;
        var names = new SystemNames(terminal.Time);
        http = OutboundHttp.Client(new Egress(names.Rules(MirrorCommand.Anywhere), names.Files, new SystemRandomness(), terminal.Time), TrialWithin);
    }

    public void Dispose() => http.Dispose();

    /// <summary>The answer, or why there is none, and whether it is known that nothing was done then.</summary>
    public async Task<(TellAnswer? Answer, string? Refusal, bool IsKnown)> AskAsync(Uri mirror, TellRequest asked, CancellationToken stopping)
    {
        var (body, refusal, isKnown) = await SendAsync(mirror, TellingEndpoints.Tellings, asked, AnswersWithin, stopping);
        try
        {
            return (body is null ? null : JsonSerializer.Deserialize(body, TellingJson.Default.TellAnswer), refusal, isKnown);
        }
        catch (JsonException fault)
        {
            return (null, fault.Message, false);
        }
    }

    /// <summary>What the mail server said of a trial, or why there was none.</summary>
    public async Task<(string? Said, string? Refusal)> TryAsync(Uri mirror, TellRequest asked, CancellationToken stopping)
    {
        var (body, refusal, _) = await SendAsync(mirror, TellingEndpoints.Trials, asked, TrialWithin, stopping);
        return (body is null ? null : System.Text.Encoding.UTF8.GetString(body), refusal);
    }

    private async Task<(byte[]? Body, string? Refusal, bool IsKnown)> SendAsync(Uri mirror, string path, TellRequest asked, TimeSpan within, CancellationToken stopping)
    {
        var signed = asked.Write();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(within);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mirror, path)) { Content = new ByteArrayContent(signed) };
        request.Headers.Add(MirrorEndpoints.Signature, Base64Url.EncodeToString(emergency.Sign(Purpose.Telling, signed)));
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var body = (await BoundedBody.ReadAsync(answer.Content, AnswerBytesMax, patience.Token)).ToArray();
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => (body, null, true),
                HttpStatusCode.UnprocessableEntity => (null, System.Text.Encoding.UTF8.GetString(body), true),
                HttpStatusCode.ServiceUnavailable => (null, System.Text.Encoding.UTF8.GetString(body), false),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => (null, "it keeps no contacts; start it with --contacts, --mail, --mail-from and --home.", true),
                var status => (null, $"it answered {(int)status}.", false),
            };
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested
            && fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            return (null, fault is OperationCanceledException ? $"it did not answer within {within.TotalSeconds:0} s." : fault.Message, false);
        }
    }
}

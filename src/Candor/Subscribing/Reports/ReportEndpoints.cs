using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.Notices.Subscribers;

namespace Candor.Subscribing.Reports;

/// <summary>
/// <c>POST /mail-reports</c>: what a mail provider tells of addresses that bounced or complained. Where the owner has named no
/// secret for it there is no such address. Acknowledged when it is durable; the same report twice stops nobody twice. What
/// strangers send is slowed by where it comes from, so that nobody keeps the provider from being heard.
/// </summary>
/// <param name="from">Where a request comes from, or null where nobody can say.</param>
internal sealed class ReportEndpoints(SubscriberDesk desk, TimeProvider time, Func<HttpContext, IPAddress?> from, ILogger logger)
{
    public const string Path = "/mail-reports";
    private const long BodyBytesMax = 1024 * 1024;
    private const string SecretIsPermission = "the secret that the provider signs with is the permission, and it is good for stopping addresses and nothing else";

    private static readonly BrakeRule Pace = new(120, TimeSpan.FromSeconds(1));
    private static readonly (string, BrakeRule) OfProvider = ("provider", Pace);

    private static readonly Refusal NotSigned = new(
        "reports.signature",
        "The report is not signed, wrongly signed, more than 5 minutes old or ahead, or was taken before. Sign each with the time of now, or send the secret as “Authorization: Bearer …”, as docs/email.md shows.");

    private static readonly Refusal TooOften = new("reports.too_often", "120 reports at once and one more each second are taken; gather them, or wait for as long as Retry-After says.");

    private readonly Brake brake = new(time);
    private readonly ConcurrentDictionary<string, DateTimeOffset> taken = new();

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, TakeAsync).OpenToAll(SecretIsPermission).BodyAtMost(BodyBytesMax);

    private async Task TakeAsync(HttpContext context)
    {
        if (desk.Office?.ReportSecret is not { Length: > 0 } secret)
        {
            // Nobody's address, so the pages answer that there is none.
            context.SetEndpoint(null);
            return;
        }

        // One that sends the secret is known before a byte of the body is read; one that signs, only after it.
        if (SignedRequest.IsBearer(context.Request, secret))
        {
            if (!await IsTooOftenAsync(context, OfProvider) && await ReadAsync(context) is { } proven)
            {
                await KeepAsync(context, proven);
            }

            return;
        }

        (string, BrakeRule) stranger = ($"stranger:{Source.Of(from(context))}", Pace);
        if (await IsTooOftenAsync(context, stranger))
        {
            return;
        }

        if (context.Request.Headers["X-Candor-Signature"].Count == 0)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status401Unauthorized, NotSigned);
        }
        else if (await ReadAsync(context) is { } body)
        {
            await TakeSignedAsync(context, SignedRequest.Check(context.Request, secret, body, time.GetUtcNow()), body, stranger);
        }
    }

    private async Task TakeSignedAsync(HttpContext context, string? signature, byte[] body, (string, BrakeRule) stranger)
    {
        if (signature is null)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status401Unauthorized, NotSigned);
            return;
        }

        brake.GiveBack(stranger);
        if (await IsTooOftenAsync(context, OfProvider))
        {
            return;
        }

        if (!IsNew(signature))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status401Unauthorized, NotSigned);
            return;
        }

        var isKept = false;
        try
        {
            isKept = await KeepAsync(context, body);
        }
        finally
        {
            if (!isKept)
            {
                // Not every provider signs anew what it sends again.
                taken.TryRemove(signature, out _);
            }
        }
    }

    private async Task<bool> IsTooOftenAsync(HttpContext context, (string, BrakeRule) tries)
    {
        if (brake.Take(tries) is not { } wait)
        {
            return false;
        }

        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        await Refusals.AnswerAsync(context, StatusCodes.Status429TooManyRequests, TooOften);
        return true;
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        try
        {
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
            return sent.ToArray();
        }
        catch (BadHttpRequestException fault)
        {
            await Refusals.AnswerAsync(context, fault.StatusCode, new("reports.body", "The report is larger than 1 MiB or was cut off; send fewer at once."));
            return null;
        }
    }

    /// <summary>Whether it is stored; the answer is written in any case. Whoever hung up after the whole body is no reason to drop it.</summary>
    private async Task<bool> KeepAsync(HttpContext context, byte[] body)
    {
        ReportsTaken answer;
        try
        {
            var reports = context.Request.HasJsonContentType() ? ReportText.ReadJson(body) : ReportText.ReadMail(body);
            var unproven = await desk.TakeReportsAsync([.. reports.Select(StopOf).OfType<ReportedStop>()], CancellationToken.None);
            foreach (var one in unproven)
            {
                ReportLog.Unproven(logger, one);
            }

            answer = new(reports.Count, unproven.Count);
        }
        catch (FormatException fault)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("reports.body", $"The report cannot be read: {fault.Message}. docs/email.md shows one."));
            return false;
        }
        catch (Exception fault) when (fault is JournalFailedException or ExpectedPositionException or IOException)
        {
            context.Response.Headers.RetryAfter = "10";
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new("reports.not_kept", "The report could not be stored; send it again."));
            return false;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, ReportJson.Default.ReportsTaken), context.RequestAborted);
        return true;
    }

    /// <summary>Who is to be stopped; null for what may pass.</summary>
    private static ReportedStop? StopOf(MailReport report) => report.Kind switch
    {
        ReportKind.HardBounce => new(report.Address, report.Link, State.StopReason.Bounced, report.IsVouched),
        ReportKind.Complaint => new(report.Address, report.Link, State.StopReason.Complaint, report.IsVouched),
        _ => null,
    };

    /// <summary>Whether a right signature was not taken before; those of longer ago are refused by their time.</summary>
    private bool IsNew(string signature)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in taken.Where(one => now - one.Value > SignedRequest.Window * 3))
        {
            taken.TryRemove(old, out _);
        }

        return taken.TryAdd(signature, now);
    }
}

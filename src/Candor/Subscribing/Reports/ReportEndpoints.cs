using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.Notices.Subscribers;

namespace Candor.Subscribing.Reports;

/// <summary>
/// <c>POST /mail-reports</c>: what a mail provider tells of addresses that bounced or complained. Where the owner has named no
/// secret for it there is no such address. Acknowledged when it is durable; the same report twice stops nobody twice.
/// </summary>
internal sealed class ReportEndpoints(SubscriberDesk desk, TimeProvider time)
{
    public const string Path = "/mail-reports";
    private const long BodyBytesMax = 1024 * 1024;
    private const string SecretIsPermission = "the secret that the provider signs with is the permission, and it is good for stopping addresses and nothing else";

    private static readonly BrakeRule Pace = new(120, TimeSpan.FromSeconds(1));

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

        if (brake.Take(("reports", Pace)) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            await Refusals.AnswerAsync(context, StatusCodes.Status429TooManyRequests, TooOften);
            return;
        }

        // One that sends the secret is known before a byte of the body is read; one that signs, only after it.
        var isBearer = SignedRequest.IsBearer(context.Request, secret);
        if (!isBearer && context.Request.Headers["X-Candor-Signature"].Count == 0)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status401Unauthorized, NotSigned);
            return;
        }

        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        var signature = isBearer ? null : SignedRequest.Check(context.Request, secret, body, time.GetUtcNow());
        if (!isBearer && !IsNew(signature))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status401Unauthorized, NotSigned);
        }
        else if (!await KeptAsync(context, body) && signature is not null)
        {
            // Not every provider signs anew what it sends again.
            taken.TryRemove(signature, out _);
        }
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

    /// <summary>False where it could not be stored at the moment; the answer is written in any case.</summary>
    private async Task<bool> KeptAsync(HttpContext context, byte[] body)
    {
        try
        {
            var reports = context.Request.HasJsonContentType() ? ReportText.ReadJson(body) : ReportText.ReadMail(body);
            await desk.TakeReportsAsync([.. reports.Select(StopOf).OfType<ReportedStop>()], context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new ReportsTaken(reports.Count), ReportJson.Default.ReportsTaken), context.RequestAborted);
        }
        catch (FormatException fault)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("reports.body", $"The report cannot be read: {fault.Message}. docs/email.md shows one."));
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            context.Response.Headers.RetryAfter = "10";
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new("reports.not_kept", "The report could not be stored; send it again."));
            return false;
        }

        return true;
    }

    /// <summary>Who is to be stopped; null for what may pass.</summary>
    private static ReportedStop? StopOf(MailReport report) => report.Kind switch
    {
        ReportKind.HardBounce => new(report.Address, report.Link, State.StopReason.Bounced),
        ReportKind.Complaint => new(report.Address, report.Link, State.StopReason.Complaint),
        _ => null,
    };

    /// <summary>Whether a right signature was not taken before; those of longer ago are refused by their time.</summary>
    private bool IsNew(string? signature)
    {
        if (signature is null)
        {
            return false;
        }

        var now = time.GetUtcNow();
        foreach (var (old, _) in taken.Where(one => now - one.Value > SignedRequest.Window * 3))
        {
            taken.TryRemove(old, out _);
        }

        return taken.TryAdd(signature, now);
    }
}

using System.Text;
using System.Text.Json;

namespace Candor.Subscribing.Reports;

/// <summary>
/// Reads reports of mail providers: our own JSON, or a mail as it came, with a complaint (RFC 5965) or a delivery status (RFC
/// 3464) in it. Pure, bounded, and line by line: no part is decoded that is not looked at. Throws
/// <see cref="FormatException"/> with what is wrong.
/// </summary>
internal static class ReportText
{
    public const int Most = 1_000;
    private const int LinesMost = 20_000;
    private const int PartsMost = 20;
    private const int FieldMost = 8 * 1024;

    public static IReadOnlyList<MailReport> ReadJson(ReadOnlySpan<byte> body)
    {
        ReportBody read;
        try
        {
            read = JsonSerializer.Deserialize(body, ReportJson.Default.ReportBody) ?? throw new FormatException("the body is null");
        }
        catch (JsonException fault)
        {
            throw new FormatException("it is no JSON of this form, nested too deeply, or has a member twice", fault);
        }

        var reports = read.Reports ?? [];
        return reports.Count is > 0 and <= Most
            ? [.. reports.Select(static one => new MailReport(KindOf(one?.Type), one?.Address is { Length: > 0 and <= 320 } address ? address : throw new FormatException("a report names no address")) { IsVouched = true })]
            : throw new FormatException($"it holds {reports.Count} reports; send 1 to {Most}");
    }

    /// <summary>A mail as it came. One that is no report holds none, and says so.</summary>
    public static IReadOnlyList<MailReport> ReadMail(ReadOnlySpan<byte> body)
    {
        var lines = Encoding.Latin1.GetString(body).Split('\n', LinesMost + 1).Select(static line => line.TrimEnd('\r')).ToList();
        if (lines.Count > LinesMost)
        {
            throw new FormatException($"it has more than {LinesMost} lines");
        }

        var head = Fields(lines, 0, out var next);
        var type = head.GetValueOrDefault("content-type", "");
        var boundary = Parameter(type, "boundary");
        if (!type.StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase) || boundary is null)
        {
            throw new FormatException("it is no multipart/report (RFC 5965, RFC 3464)");
        }

        var parts = Parts(lines, next, boundary).ToList();
        var theirs = parts.Where(static part => IsMail(part.Head)).Select(static part => Fields(part.Lines, 0, out _)).FirstOrDefault() ?? [];
        return Parameter(type, "report-type")?.ToLowerInvariant() switch
        {
            "feedback-report" => [.. parts.Where(static part => IsOf(part.Head, "message/feedback-report")).Take(1).SelectMany(part => Complaint(part.Lines, theirs))],
            "delivery-status" => [.. parts.Where(static part => IsOf(part.Head, "message/delivery-status")).Take(1).SelectMany(part => Statuses(part.Lines, LinkIn(theirs)))],
            _ => throw new FormatException("its report-type is neither feedback-report nor delivery-status"),
        };
    }

    private static ReportKind KindOf(string? type) => type switch
    {
        "hard_bounce" => ReportKind.HardBounce,
        "soft_bounce" => ReportKind.SoftBounce,
        "complaint" => ReportKind.Complaint,
        _ => throw new FormatException("a report's type is none of hard_bounce, soft_bounce, complaint"),
    };

    /// <summary>"not-spam" takes a complaint back; it is nothing to act on.</summary>
    private static IEnumerable<MailReport> Complaint(IReadOnlyList<string> lines, Dictionary<string, string> theirs)
    {
        var fields = Fields(lines, 0, out _);
        if (!fields.TryGetValue("feedback-type", out var type))
        {
            throw new FormatException("the part message/feedback-report has no Feedback-Type");
        }

        var address = Bare(fields.GetValueOrDefault("original-rcpt-to") ?? theirs.GetValueOrDefault("to") ?? "");
        return type.Equals("not-spam", StringComparison.OrdinalIgnoreCase) ? [] : [new(ReportKind.Complaint, address, LinkIn(theirs))];
    }

    /// <summary>What only whoever has the mail can know.</summary>
    private static string? LinkIn(Dictionary<string, string> theirs) =>
        theirs.GetValueOrDefault("list-unsubscribe") is { } listed && listed.IndexOf("/unsubscribe/", StringComparison.Ordinal) is >= 0 and var at
            ? listed[(at + "/unsubscribe/".Length)..].Split('>', ',', ' ', '?')[0]
            : null;

    /// <summary>Blocks of fields with empty lines between; the first is about the message, each other one about a recipient.</summary>
    private static IEnumerable<MailReport> Statuses(IReadOnlyList<string> lines, string? link)
    {
        for (var i = 0; i < lines.Count;)
        {
            var fields = Fields(lines, i, out i);
            if (fields.GetValueOrDefault("final-recipient") is { } recipient && fields.GetValueOrDefault("action")?.ToLowerInvariant() is { } action
                && action is "failed" or "delayed")
            {
                var isHard = action == "failed" && fields.GetValueOrDefault("status", "").Split(' ')[0] is "5.1.1" or "5.1.6" or "5.1.10" or "5.2.1";
                yield return new(isHard ? ReportKind.HardBounce : ReportKind.SoftBounce, Bare((fields.GetValueOrDefault("original-recipient") ?? recipient).Split(';')[^1]), link);
            }
        }
    }

    private static IEnumerable<(Dictionary<string, string> Head, IReadOnlyList<string> Lines)> Parts(List<string> lines, int from, string boundary)
    {
        var (found, begin) = (0, -1);
        for (var i = from; i < lines.Count && found <= PartsMost; i++)
        {
            if (lines[i].StartsWith("--" + boundary, StringComparison.Ordinal))
            {
                if (begin >= 0)
                {
                    found++;
                    var head = Fields(lines, begin, out var next);
                    yield return (head, lines[Math.Min(next, i)..i]);
                }

                begin = i + 1;
            }
        }
    }

    /// <summary>Up to an empty line, continued lines put together as far as a field may go, the first of each name.</summary>
    private static Dictionary<string, string> Fields(IReadOnlyList<string> lines, int from, out int next)
    {
        var fields = new Dictionary<string, StringBuilder>(StringComparer.OrdinalIgnoreCase);
        StringBuilder? last = null;
        for (next = from; next < lines.Count; next++)
        {
            var line = lines[next];
            if (line.Length == 0)
            {
                next++;
                break;
            }

            if (line[0] is ' ' or '\t' && last is not null)
            {
                _ = last.Length < FieldMost ? last.Append(' ').Append(line.AsSpan().Trim()) : last;
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                var begun = new StringBuilder().Append(line.AsSpan(colon + 1).Trim());
                last = fields.TryAdd(line[..colon].Trim(), begun) ? begun : null;
            }
        }

        return fields.ToDictionary(static field => field.Key, static field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsMail(Dictionary<string, string> head) =>
        IsOf(head, "message/rfc822") || IsOf(head, "text/rfc822-headers") || IsOf(head, "message/global");

    private static bool IsOf(Dictionary<string, string> head, string type) =>
        head.GetValueOrDefault("content-type", "").StartsWith(type, StringComparison.OrdinalIgnoreCase);

    private static string? Parameter(string value, string name)
    {
        foreach (var part in value.Split(';').Skip(1))
        {
            if (part.Split('=', 2) is [var key, var said] && key.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return said.Trim().Trim('"') is { Length: > 0 and <= 200 } plain ? plain : null;
            }
        }

        return null;
    }

    private static string Bare(string address)
    {
        var open = address.LastIndexOf('<');
        var bare = open >= 0 && address.IndexOf('>', open) is > 0 and var close ? address[(open + 1)..close] : address;
        return bare.Trim();
    }
}

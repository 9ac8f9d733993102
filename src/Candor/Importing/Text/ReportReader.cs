using System.Text;

namespace Candor.Importing.Text;

/// <summary>
/// Reads the pasted text of one incident report: bytes and hints to an incident, or a refusal. Pure. Every layout reads
/// the whole text; the one that understood most of it is believed.
/// </summary>
internal static class ReportReader
{
    /// <summary>Fifty times the longest report that anybody was seen to write.</summary>
    public const int BytesMax = 4 << 20;

    public const int EntriesMax = 5_000;

    private const string OneReport = "give the text of one report, as copied from its page";

    private static readonly Func<Draft, Reading>[] Layouts =
    [
        FooterLayout.Read, HeaderLayout.Read, StampBelowLayout.Read, ClockLayout.Read, BareLayout.Read, ProseLayout.Read,
    ];

    public static ImportAnswer Read(ReadOnlyMemory<byte> bytes, ImportHints hints, CancellationToken cancellation)
    {
        if (bytes.Length > BytesMax)
        {
            return ImportAnswer.Refused("the text", Told($"has {bytes.Length / 1024:N0} KiB; a report has at most {BytesMax / 1024:N0}"), OneReport);
        }

        try
        {
            return Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span), hints, cancellation);
        }
        catch (DecoderFallbackException)
        {
            return ImportAnswer.Refused("the text", "is not UTF-8", "save it as UTF-8 text; pictures and documents cannot be read");
        }
    }

    public static ImportAnswer Read(string text, ImportHints hints, CancellationToken cancellation)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u0008') is var control and >= 0)
        {
            return ImportAnswer.Refused($"character {control + 1}", "is not of a text", "give text; pictures and documents cannot be read");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return ImportAnswer.Refused("the text", "is empty", OneReport);
        }

        if (text.AsSpan().TrimStart('\uFEFF').TrimStart() is ['{' or '[', '"' or '{' or '\n' or '\r', ..])
        {
            return ImportAnswer.Refused("the text", "is JSON", "`candor import --help` lists the sources that read JSON");
        }

        var manuscript = Manuscript.Of(text);
        var (outline, draft) = OutlineReader.Read(manuscript);
        var readings = new List<Reading>(Layouts.Length);
        foreach (var read in Layouts)
        {
            cancellation.ThrowIfCancellationRequested();
            readings.Add(read(draft));
        }

        var best = Choosing.Best(draft, readings);
        if (SeveralReports.In(draft, best) is { Count: > 1 } several)
        {
            var named = string.Join(", ", several.Take(3).Select(static title => $"“{title}”"));
            return ImportAnswer.Refused("the text", Told($"holds {several.Count} reports: {named}{(several.Count > 3 ? " …" : "")}"), "give one at a time: the lines of one report alone, or its own page");
        }

        return best.Entries.Length > EntriesMax
            ? ImportAnswer.Refused("the text", Told($"has {best.Entries.Length:N0} entries; an incident has at most {EntriesMax:N0}"), OneReport)
            : new Composer(manuscript, outline, draft, best, hints).Compose();
    }

    private static string Told(FormattableString numbers) => FormattableString.Invariant(numbers);
}

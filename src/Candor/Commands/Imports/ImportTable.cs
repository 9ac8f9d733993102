using Candor.Importing.Text;

namespace Candor.Commands.Imports;

/// <summary>Everything that <c>candor import</c> reads. A new source is its reader and one entry here.</summary>
internal static class ImportTable
{
    public static IReadOnlyList<ImportSource> All { get; } =
    [
        new("text", "The pasted text of one incident report, whatever page it was copied from.", ReportReader.Read)
        {
            BytesMax = ReportReader.BytesMax,
            Examples =
            [
                ("candor import text report.txt --dry-run", "what was understood, with what is missing and how to give it"),
                ("candor import text report.txt --date 2026-03-09 --zone Europe/Paris", "the day and the zone that the text leaves out"),
                ("xclip -o | candor import text - --dry-run", "what was just copied"),
            ],
        },
    ];
}

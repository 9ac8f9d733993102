using Candor.Importing;
using Candor.Importing.Reading;
using Candor.Importing.Text;

namespace Candor.Commands.Imports;

/// <summary>Everything that <c>candor import</c> reads. A new source is its reader and one entry here.</summary>
internal static class ImportTable
{
    public static IReadOnlyList<ImportSource> All { get; } =
    [
        new("text", "The pasted text of one incident report, whatever page it was copied from.", static (files, hints, cancellation) => ReportReader.Read(files[0].Bytes, hints, cancellation))
        {
            BytesMax = ReportReader.BytesMax,
            Examples =
            [
                ("candor import text report.txt --dry-run", "what was understood, with what is missing and how to give it"),
                ("candor import text report.txt --date 2026-03-09 --zone Europe/Paris", "the day and the zone that the text leaves out"),
                ("xclip -o | candor import text - --dry-run", "what was just copied"),
            ],
        },
        Data("auto", "Whatever it is found to be: one of the kinds below.", null) with
        {
            Examples = [("candor import auto saved-pages --dry-run", "a folder of saved answers, or a repository")],
        },
        .. ImportSources.All.Select(source => Data(source.Name, $"{source.Title}: a file, or a folder of files.", source)),
    ];

    private static ImportSource Data(string name, string does, IImportSource? kind) => new(name, does, (files, _, _) => Read(files, kind))
    {
        BytesMax = SourceLimits.BytesMax,
        IsData = true,
        Examples = name == "statuspage" ? [("candor import statuspage https://status.example.com --dry-run", "everything that a public page tells")] : [($"candor import {name} {(name == "uptime-kuma" ? "kuma.db" : "saved.json")} --dry-run", "what was understood")],
    };

    private static ImportAnswer Read(IReadOnlyList<SourceFile> files, IImportSource? kind)
    {
        var reading = ImportSources.Read(files, kind);
        return reading.Imported is { } content ? content : ImportAnswer.Refused(reading.Refusal!.Where, reading.Refusal.What, reading.Refusal.Remedy);
    }
}

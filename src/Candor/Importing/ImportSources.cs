using System.Collections.Immutable;
using Candor.Importing.Apple;
using Candor.Importing.Aws;
using Candor.Importing.BetterStack;
using Candor.Importing.Cachet;
using Candor.Importing.CState;
using Candor.Importing.DatoCms;
using Candor.Importing.Feeds;
using Candor.Importing.Gatus;
using Candor.Importing.GoogleCloud;
using Candor.Importing.IncidentIo;
using Candor.Importing.Instatus;
using Candor.Importing.Microsoft365;
using Candor.Importing.OhDear;
using Candor.Importing.OneUptime;
using Candor.Importing.Oracle;
using Candor.Importing.PagerDuty;
using Candor.Importing.Reading;
using Candor.Importing.Salesforce;
using Candor.Importing.Slack;
using Candor.Importing.StatusIo;
using Candor.Importing.Statuspage;
using Candor.Importing.StatuspageTable;
using Candor.Importing.Upptime;
using Candor.Importing.UptimeCom;
using Candor.Importing.UptimeKuma;
using Candor.Importing.Yandex;

namespace Candor.Importing;

/// <summary>
/// The catalogue of structured sources. The order counts: the first that recognises a file gets it, so the particular
/// stand before the general.
/// </summary>
internal static class ImportSources
{
    public static ImmutableArray<IImportSource> All { get; } =
    [
        new IncidentIoSource(),
        new InstatusSource(),
        new BetterStackSource(),
        new CachetSource(),
        new UptimeKumaSource(),
        new GatusSource(),
        new UpptimeSource(),
        new CStateSource(),
        new PagerDutySource(),
        new StatusIoSource(),
        new GoogleCloudSource(),
        new AwsSource(),
        new SlackSource(),
        new SalesforceSource(),
        new Microsoft365Source(),
        new AppleSource(),
        new OracleSource(),
        new OhDearSource(),
        new OneUptimeSource(),
        new UptimeComSource(),
        new YandexSource(),
        new DatoCmsSource(),
        new StatuspageTableSource(),
        new StatuspageSource(),
        new FeedSource(),
    ];

    public static IImportSource? Named(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>The kind of a file, or null where nothing here reads it.</summary>
    public static IImportSource? Detect(SourceFile file) => All.FirstOrDefault(s => s.Recognises(file));

    /// <summary>Reads what was given, a file or the files of a folder, as the named kind or as what it is found to be.</summary>
    public static ImportReading Read(IEnumerable<SourceFile> given, IImportSource? named = null)
    {
        var files = given.OrderBy(f => f.Path, StringComparer.Ordinal).ToImmutableArray();
        if (files.FirstOrDefault(f => f.Bytes.Length > SourceLimits.BytesMax) is { } large)
        {
            return ImportReading.Refused(
                "too_large", large.Path, $"has {large.Bytes.Length / (1024 * 1024)} MiB; the limit is {SourceLimits.BytesMax / (1024 * 1024)} MiB", "split it and import the parts");
        }

        var kinds = files
            .Select(f => (File: f, Source: named is null ? Detect(f) : named.Recognises(f) ? named : null))
            .Where(pair => pair.Source is not null)
            .GroupBy(pair => pair.Source!, pair => pair.File)
            .ToList();
        return kinds switch
        {
            [] => Unknown(files, named),
            [var one] => ReadAll(one.Key, [.. one], files.Length),
            _ => ImportReading.Refused(
                "several_kinds", "the folder", $"holds files of several kinds: {string.Join(", ", kinds.Select(k => $"{k.Key.Title} ({k.First().Path})"))}",
                $"name the kind, such as {kinds[0].Key.Name}, or import them one after the other"),
        };
    }

    private static ImportReading ReadAll(IImportSource source, ImmutableArray<SourceFile> files, int given)
    {
        var warnings = new Warnings();
        var read = source.Read(files, warnings);
        UnknownWords.Tell(source.Name, files, warnings);
        read = Gaps.Mended(read, warnings);
        if (given > files.Length)
        {
            warnings.Add("folder", $"{given - files.Length} of {given} files are not of this kind and were left out", "import them by themselves where they matter");
        }

        return new(source, read with { Warnings = [.. read.Warnings, .. warnings.All] }, null);
    }

    private static ImportReading Unknown(ImmutableArray<SourceFile> files, IImportSource? named)
    {
        if (files.IsEmpty)
        {
            return ImportReading.Refused("empty", "the folder", "holds no file that could be one of a page", "name a file, or a folder that holds some");
        }

        var known = string.Join(", ", All.Select(s => s.Name));
        var what = files[0].Fault ?? "is of no kind that is known";
        return named is null
            ? ImportReading.Refused("unknown_kind", files[0].Path, what, $"known kinds are {known} and text")
            : ImportReading.Refused("unknown_kind", files[0].Path, files[0].Fault ?? $"is not what {named.Title} writes", $"let the kind be found with auto, or name another of {known}");
    }
}

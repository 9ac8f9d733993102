using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Candor.Importing;
using Candor.Settings.Forms;

namespace Candor.Commands.Imports;

/// <summary>The options that every source shares.</summary>
internal sealed class ImportOptions
{
    private static readonly string PartNames = string.Join(", ", Enum.GetNames<ImportPart>()).ToLowerInvariant();

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would be created and change nothing." };
    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<string?> date = new("--date")
    {
        Description = "The day on which the incident began, where the source leaves it out, with or without the time: 2026-03-04, 2026-03-04T14:05.", HelpName = "day",
    };

    private readonly Option<string?> zone = new("--zone")
    {
        Description = "The time zone of times that name none: an IANA name such as Europe/Paris, or UTC.", HelpName = "zone",
    };

    private readonly Option<string?> title = new("--title") { Description = "The incident's title, where the source has none.", HelpName = "text" };
    private readonly Option<string[]> only = new("--only")
    {
        Description = $"Take these parts alone: {PartNames}.", HelpName = "parts", AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> page = new("--page")
    {
        Description = "The name of the page it comes from, where the source leaves it out: what tells two pages of one kind apart.", HelpName = "name",
    };

    private readonly Option<string[]> map = new("--map")
    {
        Description = "A component of the source and the one of this page that it is: \"API > Events=Events\". Again for each.", HelpName = "theirs=ours",
    };

    private readonly Option<bool> yes = new("--yes") { Description = "Take what had to be guessed for granted, without asking." };
    private readonly Option<string[]> without = new("--without") { Description = "Leave these parts out.", HelpName = "parts" };

    /// <param name="isData">Data says by itself when something was and what it is called.</param>
    public void AddTo(Command command, bool isData)
    {
        foreach (var option in isData ? (ReadOnlySpan<Option>)[dryRun, page, map, only, without, yes, data, json] : [dryRun, date, zone, title, page, map, only, without, yes, data, json])
        {
            command.Options.Add(option);
        }
    }

    public ImportOrder Read(ParseResult parsed, DateTimeOffset now)
    {
        var hints = new ImportHints(now) { Zone = ZoneOf(parsed.GetValue(zone)), Title = parsed.GetValue(title)?.Trim() };
        return new(
            parsed.GetValue(data)!, parsed.GetValue(dryRun), parsed.GetValue(json), Dated(hints, parsed.GetValue(date)),
            Parts(parsed.GetValue(only) ?? [], parsed.GetValue(without) ?? []))
        {
            Page = parsed.GetValue(page),
            Components = Mapped(parsed.GetValue(map) ?? []),
            Yes = parsed.GetValue(yes),
        };
    }

    /// <summary>Split at the last "=", so that their name may hold one.</summary>
    private static ImmutableDictionary<string, string> Mapped(string[] given)
    {
        var mapped = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            mapped[one.LastIndexOf('=') is > 0 and var at ? one[..at].Trim() : throw Wrong($"--map: “{one}” does not say which component it is here.", "--map \"API > Events=Events\"")] =
                one[(one.LastIndexOf('=') + 1)..].Trim();
        }

        return mapped.ToImmutable();
    }

    private static TimeZoneInfo? ZoneOf(string? name)
    {
        if (name is null)
        {
            return null;
        }

        return Zones.Read(name, out _) is { } remedy
            ? throw Wrong($"--zone {name} is no time zone.", $"{char.ToUpperInvariant(remedy[0])}{remedy[1..]}.")
            : TimeZoneInfo.FindSystemTimeZoneById(name);
    }

    private static ImportHints Dated(ImportHints hints, string? text)
    {
        if (text is null)
        {
            return hints;
        }

        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"];
        if (!DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) || at.Year < 1990)
        {
            throw Wrong($"--date {text} is no day.", "Write it as 2026-03-04, or with the time of day as 2026-03-04T14:05.");
        }

        return hints with { Date = DateOnly.FromDateTime(at), Clock = text.Length > 10 ? TimeOnly.FromDateTime(at) : null };
    }

    private static HashSet<ImportPart> Parts(string[] only, string[] without)
    {
        var parts = only.Length > 0 ? PartsIn(only) : [.. Enum.GetValues<ImportPart>()];
        // Whoever asks for incidents alone means incidents with all that belongs to them.
        if (only.Length > 0 && parts.Contains(ImportPart.Incidents))
        {
            parts.UnionWith([ImportPart.Intervals, ImportPart.Postmortems]);
        }

        parts.ExceptWith(PartsIn(without));
        return parts;
    }

    private static HashSet<ImportPart> PartsIn(string[] names)
    {
        var parts = new HashSet<ImportPart>();
        foreach (var name in names.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!Enum.TryParse<ImportPart>(name, ignoreCase: true, out var part) || !char.IsLetter(name[0]))
            {
                throw Wrong($"There is no part “{name}”.", $"The parts are {PartNames}.");
            }

            parts.Add(part);
        }

        return parts;
    }

    private static CommandFault Wrong(string sentence, string next) => new(sentence, next, Exit.WrongUsage);
}

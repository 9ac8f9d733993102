using System.Collections.Immutable;
using Candor.Importing.Cachet;

namespace Candor.Importing.Reading;

/// <summary>Says which words for a status nobody here knows, wherever in a file they stand: what they were about keeps what it was, and a person must hear of it.</summary>
internal static class UnknownWords
{
    private const int DepthMax = 64;
    private const int WordMax = 60;

    private static readonly ImmutableHashSet<string> Members =
        ["status", "to_status", "new_status", "current_status", "latest_status", "aggregate_state", "impact", "current_worst_impact"];

    /// <summary>Kinds whose words are those of <see cref="StatusWords"/>; Statuspage's own reader names the incident as well.</summary>
    private static readonly ImmutableHashSet<string> Kinds = ["incidentio", "instatus", "betterstack", "cachet", "upptime"];

    /// <summary>Words that say on purpose that nothing is known, or that something is.</summary>
    private static readonly ImmutableHashSet<string> Empty = ["hasissues", "not_monitored", "unknown", "under-maintenance"];

    public static void Tell(string kind, IEnumerable<SourceFile> files, Warnings warnings)
    {
        if (!Kinds.Contains(kind))
        {
            return;
        }

        foreach (var file in files.Where(static file => !file.IsMarkup))
        {
            Walk(file.Json, kind, warnings, 0);
        }
    }

    private static void Walk(SourceValue value, string kind, Warnings warnings, int depth)
    {
        if (depth > DepthMax)
        {
            return;
        }

        foreach (var (name, member) in value.Members)
        {
            if (Members.Contains(name) && member.Line is { Length: <= WordMax } word && !IsKnown(member, word, kind))
            {
                warnings.Add($"“{name}”", $"has the unknown word “{word}”", "look what it means there; what it was about keeps the status that it had");
            }

            Walk(member, kind, warnings, depth + 1);
        }

        foreach (var item in value.Items)
        {
            Walk(item, kind, warnings, depth + 1);
        }
    }

    private static bool IsKnown(SourceValue value, string word, string kind) =>
        StatusWords.Component(word) is not null || StatusWords.Incident(word) is not null || StatusWords.Impact(word) is not null
        || StatusWords.Maintenance(word) is not null || Empty.Contains(word.ToLowerInvariant())
        || (kind == "cachet" && (word is "0" or "5" || CachetWords.Component(value) is not null));
}

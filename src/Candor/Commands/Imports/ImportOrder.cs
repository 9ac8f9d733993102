using System.Collections.Immutable;
using Candor.Importing;

namespace Candor.Commands.Imports;

/// <summary>What a person asked <c>candor import</c> for.</summary>
internal sealed record ImportOrder(string Folder, bool DryRun, bool Json, ImportHints Hints, IReadOnlySet<ImportPart> Parts)
{
    /// <summary>The page it comes from, as a person named it.</summary>
    public string? Page { get; init; }

    /// <summary>Components of the source by those of this page, as a person said.</summary>
    public ImmutableDictionary<string, string> Components { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What was guessed is taken for granted.</summary>
    public bool Yes { get; init; }
}

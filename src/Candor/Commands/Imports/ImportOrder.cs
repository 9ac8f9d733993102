using Candor.Importing;

namespace Candor.Commands.Imports;

/// <summary>What a person asked <c>candor import</c> for.</summary>
internal sealed record ImportOrder(string Folder, bool DryRun, bool Json, ImportHints Hints, IReadOnlySet<ImportPart> Parts);

namespace Candor.Commands.Exports;

/// <summary>What putting an export back did.</summary>
/// <param name="Added">Facts that were not there yet.</param>
/// <param name="IsSealed">The journal's own hash over all of it is the one of the export: not a byte differs.</param>
internal sealed record Returned(ExportHeader Header, long Added, bool IsSealed);

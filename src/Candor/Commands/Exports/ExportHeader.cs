namespace Candor.Commands.Exports;

/// <summary>The first line of a complete export; every further line is one fact.</summary>
/// <param name="Events">How many lines follow.</param>
/// <param name="Seal">The journal's hash over all of them.</param>
internal sealed record ExportHeader(string Format, int Version, string Page, long Events, string Seal)
{
    public const string Name = "candor.journal";
    public const int Newest = 1;
}

namespace Candor.Importing;

/// <summary>What came of reading: which source it was and what it says, or why nothing could be read.</summary>
internal sealed record ImportReading(IImportSource? Source, Imported? Imported, ImportRefusal? Refusal)
{
    public static ImportReading Refused(string code, string where, string what, string remedy) => new(null, null, new(code, where, what, remedy));
}

namespace Candor.Settings.Entries;

/// <summary>
/// One thing that is wrong in a settings file: where it stands, what it is and what to write instead. The sentence is
/// complete in itself, so that it can be shown on a terminal, on the admin page and in an answer to a program.
/// </summary>
internal sealed record Fault(int Line, int Column, string Path, string What, string Remedy)
{
    public override string ToString() => $"line {Line}, column {Column}: {Path} {What}: {Remedy}";
}

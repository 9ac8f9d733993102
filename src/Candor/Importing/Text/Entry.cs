namespace Candor.Importing.Text;

/// <summary>One thing that was said or that happened, as a layout cut it out of the text.</summary>
internal sealed record Entry(int Line, Label? Label, Stamp? Stamp, string Body)
{
    /// <summary>The day that a heading above gave, where the time names none.</summary>
    public Stamp? Under { get; init; }
}

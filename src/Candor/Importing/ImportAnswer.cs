namespace Candor.Importing;

/// <summary>What came of reading a source: its content, or why it cannot be read and what to do about it.</summary>
internal sealed record ImportAnswer
{
    private ImportAnswer()
    {
    }

    public Imported? Content { get; private init; }

    public ImportWarning? Refusal { get; private init; }

    public static implicit operator ImportAnswer(Imported content) => new() { Content = content };

    public static ImportAnswer Refused(string where, string what, string remedy) =>
        new() { Refusal = new(where, what, remedy) };
}

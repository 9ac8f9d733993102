namespace Candor.Importing;

/// <summary>Why nothing could be read: the place and the fault, which together are a sentence, and what to do about it.</summary>
internal sealed record ImportRefusal(string Code, string Where, string What, string Remedy)
{
    public string Sentence => $"{Where} {What}. {char.ToUpperInvariant(Remedy[0])}{Remedy[1..]}.";
}

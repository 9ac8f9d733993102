namespace Candor.Watching;

/// <summary>One thing that is wrong with Candor itself.</summary>
/// <param name="Key">What it is about, such as "settings" or "loop:judging"; one problem per key.</param>
/// <param name="Sentence">For everybody: no path, no name of a machine, no secret.</param>
internal sealed record Problem(string Key, Gravity Gravity, string Sentence, DateTimeOffset Since)
{
    /// <summary>Ends the sentence of a channel by which nothing goes out; without it, what goes out is late.</summary>
    public const string NothingGoesOut = "do not go out at the moment; they are kept and sent later.";

    /// <summary>The same for operators: what exactly, and what to do. Never on a public page.</summary>
    public string? Detail { get; init; }
}

internal enum Gravity
{
    /// <summary>Only operators need to know.</summary>
    Private,

    /// <summary>Readers should know: something they see may be incomplete or late.</summary>
    Public,
}

namespace Candor.Commands;

/// <summary>Ends a command: what is wrong in a sentence, and the next thing to try.</summary>
internal sealed class CommandFault(string sentence, string next, int exit = Exit.Failed) : Exception(sentence)
{
    public string Next { get; } = next;

    public int ExitCode { get; } = exit;

    /// <summary>What a server refused with, or null where none did.</summary>
    public System.Net.HttpStatusCode? Status { get; init; }

    /// <summary>The stable code of that refusal, or null.</summary>
    public string? Code { get; init; }
}

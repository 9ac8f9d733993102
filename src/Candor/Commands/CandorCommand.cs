using System.CommandLine;

namespace Candor.Commands;

/// <summary>A command whose help ends with examples that can be pasted.</summary>
internal sealed class CandorCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines, most common first, each with what it does.</summary>
    public IReadOnlyList<(string Line, string Does)> Examples { get; init; } = [];
}

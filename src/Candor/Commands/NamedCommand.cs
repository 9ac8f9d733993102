using System.CommandLine;

namespace Candor.Commands;

/// <summary>A command that is made when it is asked for: making all of them takes longer than most of them run.</summary>
/// <param name="Name">What is typed for it.</param>
/// <param name="Make">Makes it, with that name.</param>
internal readonly record struct NamedCommand(string Name, Func<Command> Make);

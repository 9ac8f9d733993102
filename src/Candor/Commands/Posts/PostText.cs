using System.Collections.Immutable;
using System.CommandLine;
using Candor.Effects;
using Candor.Intake.Posting;
using Candor.Settings.Forms;

namespace Candor.Commands.Posts;

/// <summary>What the kinds of posts have in common: words, components, a promise, the key. On a terminal what is missing is asked for.</summary>
internal sealed class PostText
{
    public Option<string?> Body { get; } = new("--body") { Description = "What readers should know, in Markdown.", HelpName = "text" };

    public Option<string?> Status { get; } = new("--status") { Description = "investigating, identified, monitoring or resolved.", HelpName = "status" };

    public Option<string[]> Components { get; } = new("--component")
    {
        Description = "A component, by name, path or id, and how it is: \"Homepage=major_outage\". Again for each.",
        HelpName = "name=status",
    };

    public Option<string?> NextUpdate { get; } = new("--next-update") { Description = "Promise the next word within: 30m, 2h.", HelpName = "duration" };

    public Option<string[]> Attach { get; } = new("--attach")
    {
        Description = "A picture, a text, a table or a PDF to go with the words. Again for each.",
        HelpName = "file",
    };

    public Option<string[]> Alt { get; } = new("--alt")
    {
        Description = "What the file shows, for readers who do not see it; for the first --attach, then for the second.",
        HelpName = "text",
    };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "Notify nobody; the page shows it." };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = "The key of an earlier try whose answer was lost; otherwise a new one.",
        HelpName = "key",
    };

    public static string Needed(Terminal terminal, ParseResult parsed, Option<string?> option, string question)
    {
        if (parsed.GetValue(option) is { Length: > 0 } given)
        {
            return given;
        }

        if (terminal.Input is not { } input)
        {
            throw new CommandFault($"{option.Name} is missing.", $"Add {option.Name} \"…\"; only a terminal is asked for it.", Exit.WrongUsage);
        }

        terminal.Error.Write(question + ": ");
        terminal.Error.Flush();
        return input.ReadLine() is { } line && !string.IsNullOrWhiteSpace(line)
            ? line.Trim()
            : throw new CommandFault($"{option.Name} is missing.", "Run it again; nothing was posted.", Exit.WrongUsage);
    }

    public string KeyOf(ParseResult parsed, IRandomness randomness) =>
        parsed.GetValue(Key) is { Length: > 0 } given ? given : "post-" + randomness.NextId(20);

    public int? NextUpdateOf(ParseResult parsed) => parsed.GetValue(NextUpdate) is not { } text ? null
        : Durations.Read(text, out var lasts) is null && lasts >= TimeSpan.FromSeconds(1) ? (int)lasts.TotalSeconds
        : throw new CommandFault($"--next-update: “{text}” is no duration.", "--next-update 30m", Exit.WrongUsage);

    public bool? DeliverOf(ParseResult parsed) => parsed.GetValue(Quiet) ? false : null;

    /// <summary>Split at the last "=", so that a name may hold one.</summary>
    public static ImmutableArray<ComponentBody>? ComponentsOf(IReadOnlyList<string>? given) => given is not { Count: > 0 } ? null :
    [
        .. given.Select(static one => one.LastIndexOf('=') is > 0 and var at
            ? new ComponentBody(one[..at].Trim(), one[(at + 1)..].Trim())
            : throw new CommandFault($"--component: “{one}” does not say how it is.", "--component \"Homepage=major_outage\"", Exit.WrongUsage)),
    ];
}

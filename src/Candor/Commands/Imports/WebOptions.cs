using System.CommandLine;
using System.Net;
using System.Text;
using Candor.Effects;
using Candor.Settings.Forms;

namespace Candor.Commands.Imports;

/// <summary>The options of sources that are pages on the web. A key comes from the environment or a file, never from the line.</summary>
internal sealed class WebOptions(Func<string, string?> variables)
{
    private const int KeyBytesMax = 4096;

    private readonly Option<string[]> allow = new("--allow")
    {
        Description = "A private network that may be contacted, such as 10.0.0.0/8.", HelpName = "network", AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> keyEnvironment = new("--api-key-env") { Description = "The environment variable that holds the key of management v1.", HelpName = "name" };
    private readonly Option<string?> keyFile = new("--api-key-file") { Description = "The file that holds the key of management v1.", HelpName = "file" };
    private readonly Option<string?> pageId = new("--page-id") { Description = "The page's id, with a key.", HelpName = "id" };

    private readonly Option<string?> keep = new("--keep") { Description = "A folder for the answers, so that a fetch that breaks off goes on there.", HelpName = "folder" };

    public void AddTo(Command command, string source)
    {
        command.Options.Add(allow);
        command.Options.Add(keep);
        if (source == "statuspage")
        {
            command.Options.Add(keyEnvironment);
            command.Options.Add(keyFile);
            command.Options.Add(pageId);
        }
    }

    public PageFetch Read(ParseResult parsed, Terminal terminal, IDisk disk)
    {
        var (name, file, page) = (parsed.GetValue(keyEnvironment), parsed.GetValue(keyFile), parsed.GetValue(pageId));
        var key = name is not null
            ? variables(name) ?? throw Wrong($"There is no environment variable {name}.", "Set it to the key, and give its name here.")
            : file is not null
            ? Encoding.UTF8.GetString(disk.Read(file, KeyBytesMax) ?? throw Wrong($"There is no file {file}.", "Write the key into it, and nothing else."))
            : null;
        if (key is not null && (page is null || key.Trim().Length == 0 || key.Trim().Any(char.IsWhiteSpace)))
        {
            throw Wrong(page is null ? "With a key the page must be named." : "The key is empty or is no key.", page is null ? "Give --page-id: 12 letters and digits, from the address of the management pages." : "Look at what the variable or file holds.");
        }

        return new(terminal, [.. (parsed.GetValue(allow) ?? []).Select(Network)], key?.Trim(), page, parsed.GetValue(keep));
    }

    private static IPNetwork Network(string text) => Cidrs.Read(text, out var network) is { } remedy
        ? throw Wrong($"“{text}” is not a network.", $"For --allow, {remedy}.")
        : network;

    private static CommandFault Wrong(string sentence, string next) => new(sentence, next, Exit.WrongUsage);
}

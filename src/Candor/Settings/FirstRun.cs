using System.Collections.Immutable;
using System.Text;
using Candor.State;

namespace Candor.Settings;

/// <summary>Without any settings Candor watches itself, and its page explains what to do next.</summary>
internal static class FirstRun
{
    /// <summary>Read by the same reader as everybody's settings, so that it can do nothing that others cannot.</summary>
    private const string File = """
        page:
          name: Candor
          id: candorstatus
          description: This page has no settings yet, so Candor watches itself.
        components:
          - name: Candor itself
            description: The disk it writes to, its journal, and name resolution.
            monitors: [self-disk, self-journal, self-names]
        monitors:
          self-disk: { self: disk, every: 30s }
          self-journal: { self: journal, every: 30s }
          self-names: { self: names, every: 30s }
        """;

    /// <summary>The shortest file that makes a page of one's own; shown on the first page.</summary>
    public const string Example = """
        page:
          name: My page
        components:
          - name: Website
            monitors: [website]
        monitors:
          website:
            http: https://example.com/
        """;

    /// <summary>What to do, in order: for the page, one line each.</summary>
    public static ImmutableArray<string> Steps { get; } =
    [
        "Write a file candor.yaml with the name of your page and what to watch; the example below is enough to begin.",
        "Run “candor check -f candor.yaml”: it names every mistake with its line and what to write instead.",
        "Save it where “candor serve” was started, or name it with --config. It is read at once, and again after every change.",
    ];

    public static Declaration Declare(SettingsReader reader)
    {
        var answer = reader.Read(Encoding.UTF8.GetBytes(File));
        return answer.Declaration is { } built
            ? built with { Page = built.Page with { FirstRun = true }, Notes = [] }
            : throw new InvalidOperationException($"The built-in settings are broken: {answer.Faults[0]}");
    }
}

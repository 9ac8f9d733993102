using System.Text;
using Candor.State;

namespace Candor.Settings;

/// <summary>Without any settings Candor watches itself, and its page explains what to do next (FirstSteps.razor).</summary>
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

    public static Declaration Declare(SettingsReader reader)
    {
        var answer = reader.Read(Encoding.UTF8.GetBytes(File));
        return answer.Declaration is { } built
            ? built with { Page = built.Page with { FirstRun = true }, Notes = [] }
            : throw new InvalidOperationException($"The built-in settings are broken: {answer.Faults[0]}");
    }
}

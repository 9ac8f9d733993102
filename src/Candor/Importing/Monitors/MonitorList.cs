using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.Monitors;

/// <summary>The monitors of a source with names that settings bear: letters, digits, "-", "_", ".", each only once.</summary>
internal sealed class MonitorList(Warnings warnings)
{
    private const int NameMax = 60;

    private readonly List<ImportedMonitor> monitors = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);

    public ImmutableArray<ImportedMonitor> Make() => [.. monitors];

    public void Add(string key, string title, MonitorYaml yaml, ImmutableArray<string> component) =>
        monitors.Add(new(key, Name(title), yaml.ToString()) { Component = component });

    /// <summary>Says that a check of this kind cannot be carried.</summary>
    public void Leave(string title, string kind) =>
        warnings.Add($"monitor “{title}”", $"is of the kind “{kind}”, which Candor does not have", "watch it with a command check, or through the service that it stands for");

    /// <summary>A secret is named in the settings and put into the environment by the owner; it is never written.</summary>
    public string Secret(string title, string what)
    {
        var name = Plain($"{title}_{what}").Replace('-', '_').Replace('.', '_').ToUpperInvariant();
        warnings.Add($"monitor “{title}”", $"has a secret ({what}), which is not carried", $"put it into the environment variable {name} of the server");
        return $"${name}";
    }

    /// <summary>A header: what may be a secret becomes a reference, a dollar sign in others is doubled.</summary>
    public void Header(MonitorYaml yaml, string title, string name, string? value)
    {
        if (name.Length is 0 or > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || string.IsNullOrEmpty(value))
        {
            return;
        }

        string[] open = ["accept", "user-agent", "content-type", "host", "cache-control", "accept-language", "accept-encoding", "origin", "referer", "x-requested-with"];
        yaml.SetIn("headers", name, open.Contains(name.ToLowerInvariant()) ? value.Replace("$", "$$", StringComparison.Ordinal) : Secret(title, name));
    }

    private string Name(string title)
    {
        var name = Plain(title).ToLowerInvariant();
        var times = names[name] = names.GetValueOrDefault(name) + 1;
        return times == 1 ? name : $"{name}-{times}";
    }

    private static string Plain(string title)
    {
        var name = new System.Text.StringBuilder();
        foreach (var c in title.Normalize(System.Text.NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[^1] != '-' && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                name.Append('-');
            }
        }

        return name.ToString(0, Math.Min(name.Length, NameMax)).Trim('-', '.', '_') is { Length: > 0 } plain ? plain : "monitor";
    }
}

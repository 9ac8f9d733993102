using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Settings.Entries;

namespace Candor.Probing.Command;

/// <summary><c>command: [/usr/lib/nagios/plugins/check_disk, -w, 10%, /]</c>: an argument list, never a command line.</summary>
internal sealed record CommandCheck(ImmutableArray<string> Command) : ICheckOptions
{
    private const int ArgumentsMax = 64;
    private const string Remedy =
        "write a list that begins with the program's full path, such as [/usr/lib/nagios/plugins/check_disk, -w, 10%]";

    [JsonIgnore]
    public string Target => Path.GetFileName(Command[0]);

    public static CommandCheck? Read(Entry monitor, Faults faults)
    {
        if (monitor.Find("command") is not { } entry)
        {
            return null;
        }

        if (entry.Shape is not Shape.List)
        {
            faults.Add(entry, entry.Said, Remedy);
            return null;
        }

        var words = new List<string>();
        foreach (var item in entry.Items(faults))
        {
            if (item.Read<string>(Argument!, faults, out var word))
            {
                words.Add(word);
            }
        }

        if (words.Count is 0 or > ArgumentsMax || !Path.IsPathFullyQualified(words[0]))
        {
            faults.Add(entry, words.Count == 0 ? "is an empty list" : $"begins with “{Quote.Short(words[0])}”", Remedy);
            return null;
        }

        return new([.. words]);
    }

    private static string? Argument(string text, out string? value)
    {
        value = text;
        return text.Length > 4_096 || text.Contains('\0', StringComparison.Ordinal) ? "write an argument of up to 4096 characters" : null;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Candor.Effects;

/// <summary>Processes of this machine, as Linux lists them; empty elsewhere. For drills, which kill what they started.</summary>
internal static class ProcessTable
{
    private const string Folder = "/proc";

    /// <summary>Ids of what a process has started, whose command line holds all these words.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent, params IReadOnlyList<string> words)
    {
        var found = new List<int>();
        foreach (var folder in Directory.Exists(Folder) ? Directory.GetDirectories(Folder) : [])
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsChild(folder, parent, words))
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>SIGKILL; false where it was gone already.</summary>
    public static bool Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private static bool IsChild(string folder, int parent, IReadOnlyList<string> words)
    {
        try
        {
            var stat = File.ReadAllText(folder + "/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText(folder + "/cmdline").Split('\0') is var line && words.All(line.Contains);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It was gone between two looks.
            return false;
        }
    }
}

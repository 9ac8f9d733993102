using System.Globalization;

namespace Candor.Pages.Serving;

/// <summary>How many files and sockets this process may have open.</summary>
internal static class Descriptors
{
    /// <summary>Where the system does not say.</summary>
    private const int Unsaid = 4096;

    private const string Name = "Max open files";

    public static int Limit()
    {
        if (!File.Exists("/proc/self/limits"))
        {
            return Unsaid;
        }

        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal));
        var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Min(limit, 1 << 20)
            : Unsaid;
    }
}

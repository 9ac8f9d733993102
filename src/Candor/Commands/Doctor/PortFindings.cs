using System.Globalization;

namespace Candor.Commands.Doctor;

/// <summary>Whether somebody listens on the ports already. Read from the kernel's table, so that nothing is opened.</summary>
internal static class PortFindings
{
    private const string Listening = "0A";

    public static IEnumerable<Finding> Of(IEnumerable<(string Name, string Url)> listeners)
    {
        var taken = Read("/proc/net/tcp").Concat(Read("/proc/net/tcp6")).ToHashSet();
        foreach (var (name, url) in listeners)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Port <= 0)
            {
                yield return Finding.Bad(name, $"'{url}' is not an address", "Write it as http://127.0.0.1:8080.");
            }
            else if (taken.Contains(address.Port))
            {
                yield return Finding.Warn(
                    name,
                    $"somebody listens on port {address.Port} already (Candor itself, if it is running)",
                    $"`ss -ltnp sport = :{address.Port}` shows who; `candor serve` takes other ports with --listen and --admin-listen.");
            }
            else
            {
                yield return Finding.Good(name, $"port {address.Port} is free");
            }
        }
    }

    internal static IEnumerable<int> Read(string table)
    {
        if (!File.Exists(table))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 3 && columns[3] == Listening)
            {
                yield return int.Parse(
                    columns[1].AsSpan(columns[1].LastIndexOf(':') + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
        }
    }
}

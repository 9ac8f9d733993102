using System.Globalization;
using System.Runtime.InteropServices;
using Candor.Journal.Sqlite;

namespace Candor.Commands.Doctor;

/// <summary>What the machine gives this process: files it may open, echo requests, a clock that is right, time zones.</summary>
internal static partial class SystemFindings
{
    private const int OpenFilesWanted = 16_384;
    private const int ClockNotSynchronised = 5;

    /// <summary>struct timex has 208 bytes on 64-bit Linux; all zero asks and changes nothing.</summary>
    private const int TimexBytes = 256;

    public static IEnumerable<Finding> All()
    {
        var version = VersionCommand.Current;
        yield return Finding.Good("candor", $"{version.Version} on {version.Runtime}");
        yield return OpenFiles(Text("/proc/self/limits"));
        yield return Echo(Text("/proc/sys/net/ipv4/ping_group_range"), Text("/proc/self/status"));
        yield return Clock();
        yield return Zones();
        yield return Sqlite(NativeSqlite.Use());
    }

    internal static Finding Sqlite(NativeSqliteChoice chosen) => Finding.Good(
        "sqlite",
        chosen.Version >= NativeSqlite.FirstWithoutWalResetFault
            ? chosen.ToString()
            : $"{chosen}; it is older than {NativeSqlite.FirstWithoutWalResetFault}, whose fault Candor's one writer avoids");

    /// <summary>Reads the hard limit: the runtime raises the soft one to it at start.</summary>
    internal static Finding OpenFiles(string limits)
    {
        var line = limits.Split('\n').FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var columns = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (columns.Length < 5)
        {
            return Finding.Good("open files", "limit not known on this system");
        }

        if (!long.TryParse(columns[4], NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
        {
            return Finding.Good("open files", $"limit: {columns[4]}");
        }

        return limit >= OpenFilesWanted
            ? Finding.Good("open files", string.Create(CultureInfo.InvariantCulture, $"up to {limit:N0}"))
            : Finding.Warn(
                "open files",
                string.Create(CultureInfo.InvariantCulture, $"no more than {limit:N0}: so many readers and checks at once"),
                "Raise it: LimitNOFILE=65536 in the systemd unit, or `ulimit -n 65536`.");
    }

    /// <summary>An echo socket that needs no privilege is open to the groups in ping_group_range; another kind is not used.</summary>
    internal static Finding Echo(string groupRange, string status)
    {
        const string Name = "icmp";
        var groups = Words(status, "Gid:").Concat(Words(status, "Groups:")).ToArray();
        var range = groupRange.Split((char[])['\t', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (range.Length == 2 && Number(range[0]) is { } low && Number(range[1]) is { } high
            && groups.Any(group => Number(group) >= low && Number(group) <= high))
        {
            return Finding.Good(Name, "echo requests without privileges");
        }

        return Finding.Warn(
            Name,
            "this user may not send echo requests; icmp monitors will be unknown",
            "sysctl -w net.ipv4.ping_group_range='0 2147483647'");
    }

    private static Finding Clock()
    {
        try
        {
            return AskClock(new byte[TimexBytes]) switch
            {
                ClockNotSynchronised => Finding.Warn(
                    "clock",
                    "the kernel says that nothing keeps the clock right",
                    "Start a time service (timedatectl set-ntp true, or chrony); in a container the host's clock counts."),
                < 0 => Finding.Good("clock", "not told whether it is synchronised"),
                _ => Finding.Good("clock", "synchronised"),
            };
        }
        catch (EntryPointNotFoundException)
        {
            return Finding.Good("clock", "not told whether it is synchronised");
        }
    }

    private static Finding Zones() =>
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _)
            ? Finding.Good("time zones", "present")
            : Finding.Warn("time zones", "this machine has no time zone data; only UTC works", "apt-get install tzdata");

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Words(string status, string key) => status.Split('\n')
        .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..]
        .Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AskClock(Span<byte> timex);
}

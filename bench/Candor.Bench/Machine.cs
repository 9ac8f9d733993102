using System.Globalization;
using System.Runtime.InteropServices;
using Candor.Journal.Sqlite;

namespace Candor.Bench;

/// <summary>What the figures were measured on. Names neither the host nor its user.</summary>
internal sealed record Machine(
    string Processor, int Cores, double MemoryGib, string System, string Runtime, string Sqlite, double LoadBefore)
{
    public static Machine Describe() => new(
        Line("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        Line("/etc/os-release", "PRETTY_NAME")?.Split('=', 2)[1].Trim('"') ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        NativeSqlite.Use().ToString(),
        double.Parse(First("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Cores} cores, {MemoryGib} GiB; {System}; {Runtime}; {Sqlite}; load {LoadBefore} before the run.");

    private static string? Line(string path, string begin) =>
        File.Exists(path) ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith(begin, StringComparison.Ordinal)) : null;

    private static string First(string path) => File.Exists(path) ? File.ReadLines(path).First() : "0";
}

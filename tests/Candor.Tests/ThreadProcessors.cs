using System.Globalization;

namespace Candor.Testing;

/// <summary>On which processors a thread may run, as the kernel says itself.</summary>
internal static class ThreadProcessors
{
    private const string Member = "Cpus_allowed_list:";

    /// <summary>Their numbers, ascending.</summary>
    /// <param name="thread">Its folder below /proc.</param>
    public static IReadOnlyList<int> Of(string thread) =>
    [
        .. File.ReadLines($"/proc/{thread}/status").Single(static line => line.StartsWith(Member, StringComparison.Ordinal))[Member.Length..]
            .Split(',').Select(static range => range.Split('-').Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .SelectMany(static range => Enumerable.Range(range[0], range[^1] - range[0] + 1)),
    ];
}

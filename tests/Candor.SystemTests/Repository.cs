using System.Runtime.CompilerServices;

namespace Candor.SystemTests;

/// <summary>Where this repository and what was built from it lie.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The executable as <c>./test</c> has built it, or the one that CANDOR_PROGRAM names: a released file.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("CANDOR_PROGRAM") is { Length: > 0 } other
        ? Path.GetFullPath(other)
        : Path.Combine(Root, "artifacts", "bin", "Candor", "release", "candor");

    /// <summary>The path of a program that a test needs, or null where it is not installed.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin:/usr/lib/postfix/sbin")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

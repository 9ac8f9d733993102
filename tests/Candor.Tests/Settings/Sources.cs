using System.Runtime.CompilerServices;

namespace Candor.Tests.Settings;

/// <summary>Files of this repository.</summary>
internal static class Sources
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    private static string Root([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", ".."));
}

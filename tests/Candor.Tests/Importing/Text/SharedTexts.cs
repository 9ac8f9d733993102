using Candor.Tests.Pages;

namespace Candor.Tests.Importing.Text;

/// <summary>The public reports of many pages that lie beside the repository, where there are any.</summary>
internal static class SharedTexts
{
    private static readonly string? Folder = SharedIncidents.Folder is { } incidents
        ? Path.Combine(Path.GetDirectoryName(incidents)!, "incident-texts") : null;

    public static bool Missing => !Directory.Exists(Folder);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder!, name));
}

namespace Candor.Tests.Pages;

/// <summary>The public incident reports that lie beside the repository, where there are any.</summary>
internal static class SharedIncidents
{
    public static string? Folder { get; } = Find(AppContext.BaseDirectory);

    public static bool Missing => Folder is null;

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder!, name));

    private static string? Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var shared = Path.Combine(folder, "shared", "incidents");
            if (Directory.Exists(shared))
            {
                return shared;
            }
        }

        return null;
    }
}

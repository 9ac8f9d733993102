namespace Candor.Tests.Importing;

/// <summary>Recorded answers of other status pages, where they lie beside the repository.</summary>
internal static class SharedSamples
{
    public static string? Folder { get; } = Find(AppContext.BaseDirectory);

    public static bool Missing => Folder is null;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var shared in (string[])[Path.Combine(folder, "shared", "vendor-samples"), Path.Combine(folder, "work", "shared", "vendor-samples")])
            {
                if (Directory.Exists(shared))
                {
                    return shared;
                }
            }
        }

        return null;
    }
}

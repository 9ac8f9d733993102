namespace Candor.SystemTests.Importing;

/// <summary>The incident reports beside the repository, by how their names begin; without them their tests are skipped.</summary>
internal static class SharedReports
{
    private static readonly string? Folder = Find(Repository.Root);

    public static bool Missing => Folder is null;

    public static string PathOf(string name) => Directory.EnumerateFiles(Folder!, name + "*").Single();

    public static string Read(string name) => File.ReadAllText(PathOf(name));

    private static string? Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, "shared", "incidents") is var shared && Directory.Exists(shared))
            {
                return shared;
            }
        }

        return null;
    }
}

using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>The files of a folder that a source could be in: a repository, or answers that were saved beside each other.</summary>
internal static class SourceFolder
{
    private const int FilesMax = 20_000;
    private const int DepthMax = 16;
    private const long BytesMax = 4L * SourceLimits.BytesMax;

    private static readonly string[] Kinds = [".json", ".yml", ".yaml", ".md", ".rss", ".atom", ".xml", ".html", ".htm", ".csv", ".db", ".sqlite"];

    /// <summary>What a repository holds beside what its people wrote: history, libraries, and what was built from the rest.</summary>
    private static readonly string[] Strangers = [".git", "node_modules", "public", "themes"];

    public static IReadOnlyList<SourceFile> Read(string folder, Func<string, byte[]> read, CancellationToken cancellation)
    {
        var (files, bytes) = (new List<SourceFile>(), 0L);
        foreach (var path in Paths(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            var content = read(path);
            bytes += content.Length;
            files.Add(new(Path.GetRelativePath(folder, path), content));
            if (files.Count > FilesMax || bytes > BytesMax)
            {
                throw new CommandFault(
                    $"{folder} holds more than {FilesMax} files or {BytesMax >> 20} MiB, too much for a status page.", "Name the folder of the page itself, or a file.");
            }
        }

        return files;
    }

    /// <summary>Links are not followed: a repository from elsewhere may hold one to anywhere.</summary>
    private static IEnumerable<string> Paths(string folder)
    {
        var waiting = new Stack<(string Folder, int Depth)>([(folder, 0)]);
        while (waiting.TryPop(out var next))
        {
            foreach (var path in Directory.EnumerateFiles(next.Folder).Where(IsWanted).Order(StringComparer.Ordinal))
            {
                yield return path;
            }

            foreach (var inner in Directory.EnumerateDirectories(next.Folder).Where(inner => next.Depth < DepthMax && !IsLink(inner) && !Strangers.Contains(Path.GetFileName(inner))))
            {
                waiting.Push((inner, next.Depth + 1));
            }
        }
    }

    private static bool IsWanted(string path) => Kinds.Contains(Path.GetExtension(path).ToLowerInvariant()) && !IsLink(path);

    private static bool IsLink(string path) => File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
}

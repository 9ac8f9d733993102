using System.Text;
using Candor.Effects;
using Candor.Pages;
using Candor.Pages.Copies;

namespace Candor.Commands.Exports;

/// <summary>
/// A folder that a web host serves. Each file in it is whole at every instant, whatever ends this process: it is replaced by
/// a rename. What has to be there first is written first and the front page last; what is gone is removed after. A list says
/// which files are ours, and nothing else is ever written over or removed.
/// </summary>
internal sealed class CopyFolder(IDisk disk, string root)
{
    /// <summary>What is kept beside the pages, for the next start; nothing in it is secret.</summary>
    public const string Own = ".candor";

    private const int ListBytesMax = 32 << 20;
    private const int FileBytesMax = 16 << 20;

    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);
    private HashSet<string>? ours;

    private string List => Path.Combine(root, Own, "files");

    /// <summary>
    /// Makes the folder hold these files and, of ours, no others. Throws <see cref="CommandFault"/> where a file of somebody
    /// else stands in the way, and <see cref="IOException"/> where the disk does not take it; then it is as good as it was.
    /// </summary>
    public CopyChange Become(IReadOnlyList<StaticFile> files)
    {
        foreach (var file in files)
        {
            MustBeBelow(file.Path);
        }

        ours ??= Load();
        var wanted = files.Select(static file => file.Path).ToHashSet(StringComparer.Ordinal);
        var foreign = wanted.Except(ours).FirstOrDefault(path => File.Exists(PathOf(path)) || Directory.Exists(PathOf(path)));
        if (foreign is not null)
        {
            throw new CommandFault($"{PathOf(foreign)} is there already and was not written by this command; it was left as it is.", "Name an empty folder, or take that file out of it.");
        }

        // Said before it is done: whatever ends this in the middle, the next start knows what is ours.
        Claim(wanted.Union(ours));
        var changed = files.OrderBy(Rank).ThenBy(static file => file.Path, StringComparer.Ordinal).Count(Write);
        var gone = ours.Except(wanted).ToList();
        gone.ForEach(Remove);
        Claim(wanted);
        return new(changed, gone.Count);
    }

    /// <summary>What others name comes before what names it.</summary>
    private static int Rank(StaticFile file) => file.Path switch
    {
        "index.html" => 2,
        _ when file.Path.EndsWith(".html", StringComparison.Ordinal) => 1,
        _ => 0,
    };

    private bool Write(StaticFile file)
    {
        var hash = Compression.Hash(file.Content);
        var path = PathOf(file.Path);
        if (!written.TryGetValue(file.Path, out var before) || disk.Stat(path) is null)
        {
            before = disk.Read(path, FileBytesMax) is { } there ? Compression.Hash(there) : null;
        }

        if (before != hash)
        {
            disk.Replace(path, file.Content);
        }

        written[file.Path] = hash;
        return before != hash;
    }

    private void Remove(string path)
    {
        var whole = PathOf(path);
        disk.Delete(whole);

        // What a kill in the middle of a replacement left.
        disk.Delete(whole + ".new");
        written.Remove(path);
        for (var folder = Path.GetDirectoryName(whole)!; folder.Length > root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
        {
            Directory.Delete(folder);
        }
    }

    private void Claim(IEnumerable<string> paths)
    {
        var now = paths.ToHashSet(StringComparer.Ordinal);
        if (!now.SetEquals(ours!))
        {
            disk.Replace(List, Encoding.UTF8.GetBytes(string.Join('\n', now.Order(StringComparer.Ordinal))));
            ours = now;
        }
    }

    private HashSet<string> Load() => disk.Read(List, ListBytesMax) is { } bytes
        ? Encoding.UTF8.GetString(bytes).Split('\n').Where(IsBelow).ToHashSet(StringComparer.Ordinal)
        : new(StringComparer.Ordinal);

    private string PathOf(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The publisher names the pages; whoever takes it over must not write elsewhere on this machine.</summary>
    private static void MustBeBelow(string path)
    {
        if (!IsBelow(path))
        {
            throw new CommandFault($"“{path}” was offered as a page, which is no name of a file; nothing was written.", "Look at who answers at the publisher's address.");
        }
    }

    private static bool IsBelow(string path) => path.Length is > 0 and <= 400 && path.Split('/').All(static part =>
        part is not ("" or "." or ".." or Own) && part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
}

/// <summary>What became of a folder.</summary>
internal readonly record struct CopyChange(int Written, int Removed);

using System.CommandLine;
using Candor.Attachments;
using Candor.Effects;
using Candor.Intake.Posting;

namespace Candor.Commands.Posts;

/// <summary>The files of a post: read before anything is asked, sent before anything is said.</summary>
internal sealed class PostFiles(IDisk disk, Terminal terminal)
{
    /// <summary>Null where none are named. With the key of an earlier try what had arrived is not sent again.</summary>
    public async Task<IReadOnlyList<FileBody>?> SendAsync(PostText text, ParseResult parsed, PostServer server, string key, CancellationToken cancellation)
    {
        var (paths, alts) = (parsed.GetValue(text.Attach) ?? [], parsed.GetValue(text.Alt) ?? []);
        if (alts.Length > paths.Length)
        {
            throw new CommandFault("There are more --alt than --attach.", "--attach chart.png --alt \"The queue since nine\"", Exit.WrongUsage);
        }

        var files = paths.Select(path => (Path: path, Bytes: Read(path))).ToList();
        var sent = new List<FileBody>();
        foreach (var (place, (path, bytes)) in files.Index())
        {
            using var progress = terminal.Progress($"Sending {Path.GetFileName(path)}", bytes.Length);
            sent.Add(new(await server.UploadAsync(Path.GetFileName(path), bytes, $"{key}.{place}", progress.Report, cancellation), alts.ElementAtOrDefault(place)));
        }

        return sent.Count == 0 ? null : sent;
    }

    private byte[] Read(string path)
    {
        try
        {
            return disk.Read(path, FileLimits.Default.FileBytesMax) ?? throw new CommandFault($"There is no file {path}.", "Name one with --attach.", Exit.WrongUsage);
        }
        catch (IOException fault)
        {
            throw new CommandFault($"--attach: {fault.Message}", "Name a file of at most 10 MB that you may read.");
        }
    }
}

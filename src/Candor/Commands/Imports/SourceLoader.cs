using Candor.Effects;
using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>Gets what a person named: a file, the files of a folder, or the standard input; never more than the source reads.</summary>
internal sealed class SourceLoader(IDisk disk, string path, ImportSource source, PageFetch? web = null)
{
    public string Name => path == "-" ? "the standard input" : path;

    public async Task<IReadOnlyList<SourceFile>> LoadAsync(CancellationToken cancellation)
    {
        if (path == "-")
        {
            return [new("input", await ReadInputAsync(cancellation))];
        }

        if (web is not null && PageFetch.IsAddress(path))
        {
            return await web.FetchAsync(path, source.Name, cancellation);
        }

        if (!Directory.Exists(path))
        {
            return [new(Path.GetFileName(path), Read(path))];
        }

        return source.IsData ? SourceFolder.Read(path, Read, cancellation)
            : throw new CommandFault($"{path} is a folder.", "Name a file in it, or - for the standard input.");
    }

    private byte[] Read(string file)
    {
        if (disk.Stat(file) is { } found && found.Bytes > source.BytesMax)
        {
            throw TooLarge(file, found.Bytes);
        }

        return disk.Read(file, source.BytesMax)
            ?? throw new CommandFault($"There is no file {file}.", "Name the file that holds it, or - for the standard input.");
    }

    private async Task<byte[]> ReadInputAsync(CancellationToken cancellation)
    {
        await using var input = Console.OpenStandardInput();
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await input.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await kept.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (kept.Length > source.BytesMax)
            {
                throw new CommandFault($"{Name} has more than {source.BytesMax / 1024} KiB; no more are read.", "Is it the right file?");
            }
        }

        return kept.ToArray();
    }

    private CommandFault TooLarge(string file, long bytes) =>
        new($"{file} has {bytes / 1024} KiB; at most {source.BytesMax / 1024} are read.", "Is it the right file?");
}

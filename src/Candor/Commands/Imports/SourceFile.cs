using Candor.Effects;

namespace Candor.Commands.Imports;

/// <summary>The file to import, or the standard input; never more of it than the source reads.</summary>
internal sealed class SourceFile(IDisk disk, string path, long bytesMax)
{
    public string Name => path == "-" ? "the standard input" : path;

    public async Task<byte[]> LoadAsync(CancellationToken cancellation)
    {
        if (path == "-")
        {
            return await ReadInputAsync(cancellation);
        }

        if (Directory.Exists(path))
        {
            throw new CommandFault($"{path} is a folder.", "Name a file in it, or - for the standard input.");
        }

        if (disk.Stat(path) is { } file && file.Bytes > bytesMax)
        {
            throw TooLarge(file.Bytes);
        }

        return disk.Read(path, bytesMax)
            ?? throw new CommandFault($"There is no file {path}.", "Name the file that holds it, or - for the standard input.");
    }

    private async Task<byte[]> ReadInputAsync(CancellationToken cancellation)
    {
        await using var input = Console.OpenStandardInput();
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await input.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await kept.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (kept.Length > bytesMax)
            {
                throw TooLarge(kept.Length);
            }
        }

        return kept.ToArray();
    }

    private CommandFault TooLarge(long bytes) => new(
        $"{Name} has {(path == "-" ? "more than " : "")}{(path == "-" ? bytesMax : bytes) / 1024} KiB; at most {bytesMax / 1024} are read.", "Is it the right file?");
}

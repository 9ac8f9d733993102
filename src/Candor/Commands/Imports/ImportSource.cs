using Candor.Importing;

namespace Candor.Commands.Imports;

/// <summary>Something that can be imported: its word on the command line, and the pure function that reads it.</summary>
/// <param name="Name">The word after <c>candor import</c>.</param>
/// <param name="Does">One sentence for the help.</param>
/// <param name="Read">Bytes and hints to content or refusal.</param>
internal sealed record ImportSource(
    string Name, string Does, Func<ReadOnlyMemory<byte>, ImportHints, CancellationToken, ImportAnswer> Read)
{
    /// <summary>No more than this is read into memory.</summary>
    public long BytesMax { get; init; } = 64 << 20;

    public IReadOnlyList<(string Line, string Does)> Examples { get; init; } = [];
}

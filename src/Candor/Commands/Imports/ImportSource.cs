using Candor.Importing;
using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>Something that can be imported: its word on the command line, and the pure function that reads it.</summary>
/// <param name="Name">The word after <c>candor import</c>.</param>
/// <param name="Does">One sentence for the help.</param>
/// <param name="Read">Files and hints to content or refusal.</param>
internal sealed record ImportSource(
    string Name, string Does, Func<IReadOnlyList<SourceFile>, ImportHints, CancellationToken, ImportAnswer> Read)
{
    /// <summary>No more than this is read into memory.</summary>
    public long BytesMax { get; init; } = 64 << 20;

    /// <summary>Whether it is data that a page or a monitor keeps: then a folder will do as well as a file, and times are its own.</summary>
    public bool IsData { get; init; }

    public IReadOnlyList<(string Line, string Does)> Examples { get; init; } = [];
}

namespace Candor.Importing.Reading;

/// <summary>One file as it was given. It is decoded and parsed once, and only when somebody asks.</summary>
/// <param name="path">Where it lies in the folder that was given, with forward strokes; a file's own name otherwise.</param>
internal sealed class SourceFile(string path, ReadOnlyMemory<byte> bytes)
{
    private string? text;
    private (SourceValue Value, string? Fault)? json;

    public string Path => path;

    /// <summary>The last part of the path.</summary>
    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string Text => text ??= SourceText.Decode(bytes.Span);

    /// <summary>The whole as JSON; nothing where it is not JSON.</summary>
    public SourceValue Json => (json ??= SourceJson.Read(this)).Value;

    /// <summary>Why it is not JSON although it looks like it; continues the path in a sentence.</summary>
    public string? Fault => (json ??= SourceJson.Read(this)).Fault;

    /// <summary>Whether it begins as HTML or XML do.</summary>
    public bool IsMarkup => SourceText.First(bytes.Span) == '<';

    public bool Ends(string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    public bool Contains(ReadOnlySpan<byte> part) => bytes.Span.IndexOf(part) >= 0;
}

namespace Candor.Pages.Copies;

/// <summary>One file of a static copy.</summary>
/// <param name="Path">Below the folder of the copy, with forward strokes.</param>
internal sealed record StaticFile(string Path, byte[] Content);

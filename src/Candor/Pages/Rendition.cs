namespace Candor.Pages;

/// <summary>One rendered page or asset, before compression.</summary>
/// <param name="Path">Where readers find it: "/", "/incidents/k3…".</param>
internal sealed record Rendition(string Path, string ContentType, byte[] Content)
{
    /// <summary>The Content-Security-Policy that lets exactly this content work, or null where it has none of its own.</summary>
    public string? ContentSecurityPolicy { get; init; }

    public int StatusCode { get; init; } = 200;

    /// <summary>The path holds a hash of the content, so that it may be cached for ever.</summary>
    public bool Immutable { get; init; }

    /// <summary>Nobody who reads it asks for compressed bytes, so none are made.</summary>
    public bool Plain { get; init; }
}

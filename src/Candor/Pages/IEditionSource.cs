namespace Candor.Pages;

/// <summary>Whoever has the pages that readers get: this node's own publisher, or the copy of another's.</summary>
internal interface IEditionSource
{
    /// <summary>What readers get at this moment; replaced as a whole.</summary>
    Edition Edition { get; }
}

using Candor.Pages.Live;

namespace Candor.Pages.Audiences;

/// <summary>Pages for one audience and the streams that tell of them: a whole of its own, so that nothing of it can be anybody else's.</summary>
/// <param name="Audience">Null: everybody.</param>
internal sealed record Publication(string? Audience, IEditionSource Editions, LiveStreams Live)
{
    public bool IsPrivate => Audience is not null;
}

using System.Collections.Immutable;

namespace Candor.Pages.Audiences;

/// <summary>What the server has to know of who asks; the rest is not its business.</summary>
/// <param name="AudienceOf">The audience that a request belongs to, from memory; null: everybody.</param>
/// <param name="WhileIn">Runs something long, such as a stream, and breaks it off once the request would not be let in any more.</param>
internal sealed record ReaderCheck(Func<HttpContext, string?> AudienceOf, Func<HttpContext, Func<Task>, Task> WhileIn)
{
    public static readonly ReaderCheck Nobody = new(static _ => null, static (_, work) => work());
}

/// <summary>The publication for everybody, and one for each audience. A request is given one of them and sees nothing of the others.</summary>
internal sealed class Publications(Publication everybody)
{
    private volatile ImmutableDictionary<string, Publication> byAudience = ImmutableDictionary.Create<string, Publication>(StringComparer.Ordinal);
    private volatile ReaderCheck readers = ReaderCheck.Nobody;
    private long readings;

    public Publication Everybody { get; } = everybody;

    /// <summary>How often something of the pages has been asked for since the process began.</summary>
    public long Readings => Volatile.Read(ref readings);

    public ImmutableDictionary<string, Publication> ByAudience
    {
        get => byAudience;
        set => byAudience = value;
    }

    public ReaderCheck Readers
    {
        get => readers;
        set => readers = value;
    }

    /// <summary>While there are no audiences nobody looks at who asks.</summary>
    public bool HasAudiences => !byAudience.IsEmpty;

    public void CountReading() => Interlocked.Increment(ref readings);

    public Publication Of(HttpContext context) =>
        byAudience is { IsEmpty: false } all && readers.AudienceOf(context) is { } audience && all.TryGetValue(audience, out var own)
            ? own
            : Everybody;
}

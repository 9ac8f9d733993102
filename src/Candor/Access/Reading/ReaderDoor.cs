using System.Collections.Immutable;
using System.Net;

namespace Candor.Access.Reading;

/// <summary>The ways in that one audience has.</summary>
/// <param name="Password">What the audience shares, or null.</param>
internal sealed record ReaderDoor(string Audience, ImmutableArray<IPNetwork> Addresses, bool Members, bool Links, string? Password)
{
    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => Audience;
}

/// <summary>All of them, in the owner's order, as the settings have them.</summary>
/// <param name="Host">The page's own name, where the owner gave its address.</param>
/// <param name="Proxies">Proxies whose word on where a request came from is taken.</param>
internal sealed record ReaderDoors(ImmutableArray<ReaderDoor> All, string? Host, ImmutableArray<IPNetwork> Proxies)
{
    public static readonly ReaderDoors None = new([], null, []);

    public ReaderDoor? Find(string audience) => All.FirstOrDefault(door => door.Audience == audience);

    /// <summary>Whether a session that began by some way could begin by it now.</summary>
    public bool Open(ReaderSession session, Func<ReaderDoor, string?> proofOf) => Find(session.Audience) is { } door && session.Way switch
    {
        ReaderWay.Password => session.Proof is { } proof && proof == proofOf(door),
        ReaderWay.Member => door.Members,
        ReaderWay.Link => door.Links,
        _ => false,
    };
}

namespace Candor.Access;

/// <summary>Through which door a route is reached.</summary>
internal enum Door
{
    /// <summary>Everybody, without a credential.</summary>
    Open,

    /// <summary>Programs, with a token in the Authorization header. A cookie opens nothing here.</summary>
    Bearer,

    /// <summary>People, with a session. A token opens nothing here.</summary>
    Session,
}

/// <summary>What a route says of who may use it. One without this is refused, and a test fails.</summary>
/// <param name="Needs">The act it takes, or null where it is open.</param>
/// <param name="Why">Why it is open, or null.</param>
internal sealed record AccessPolicy(Door Door, Act? Needs, string? Why)
{
    /// <summary>Changes by a page of another site are refused also where nobody is signed in yet.</summary>
    public bool SameOriginOnly { get; init; }
}

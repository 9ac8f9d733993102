namespace Candor.Access;

/// <summary>
/// Who asks, as the store knows them. Made by the gate from a session or a token, never from anything else that a request
/// says of itself.
/// </summary>
/// <param name="Credential">The session or token it came by, as <see cref="Roster"/> keys it; gone means signed out.</param>
internal abstract record Principal(string Name, Reach Reach, string Credential)
{
    /// <summary>What facts and the audit say: "person:…" or "token:…", no names.</summary>
    public abstract string Actor { get; }

    /// <summary>For handlers of minimal APIs: <c>(Principal who) =&gt; …</c>. The gate has put it there.</summary>
    public static ValueTask<Principal?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Principal>());
}

/// <summary>A person who is signed in.</summary>
/// <param name="SteppedUpAt">When they last proved who they are, for what asks for it again.</param>
internal sealed record PersonPrincipal(
    PersonId Id, string Name, Role Role, Reach Reach, string Credential, DateTimeOffset SteppedUpAt)
    : Principal(Name, Reach, Credential)
{
    public override string Actor => $"person:{Id}";
}

/// <summary>A program with a token.</summary>
internal sealed record TokenPrincipal(TokenId Id, string Name, TokenScope Scope, Reach Reach, string Credential)
    : Principal(Name, Reach, Credential)
{
    public override string Actor => $"token:{Id}";
}

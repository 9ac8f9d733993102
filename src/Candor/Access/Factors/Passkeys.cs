using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Candor.Access.Factors;

/// <summary>A question for an authenticator: what the browser passes on, and under which id the answer is expected.</summary>
internal sealed record PasskeyQuestion(string Challenge, string Options);

/// <summary>
/// Passkeys (WebAuthn): questions and the verification of answers. The platform verifies; what was asked is kept here, see
/// <see cref="Challenges"/>.
/// </summary>
internal sealed class Passkeys : IDisposable
{
    private const int AnswerLengthMax = 32 * 1024;

    private readonly Challenges challenges;
    private readonly TimeProvider time;
    private readonly UserManager<PasskeyOwner> owners;
    private readonly PasskeyHandler<PasskeyOwner> platform;

    public Passkeys(Register register, Challenges challenges, TimeProvider time)
    {
        (this.challenges, this.time) = (challenges, time);
        owners = new(
            new PasskeyOwners(register), Options.Create(new IdentityOptions()), null!, [], [], null!, new(), null!,
            NullLogger<UserManager<PasskeyOwner>>.Instance);
        platform = new(owners, Options.Create(new IdentityPasskeyOptions
        {
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AuthenticatorTimeout = TimeSpan.FromMinutes(5),
            ValidateOrigin = static asked => ValueTask.FromResult(!asked.CrossOrigin && IsOurs(asked.Origin, asked.HttpContext.Request)),
        }));
    }

    /// <summary>Asks for a new key for this person.</summary>
    public async Task<PasskeyQuestion> OfferAsync(Person person, HttpContext context)
    {
        var asked = await platform.MakeCreationOptionsAsync(
            new() { Id = person.Id.Value, Name = person.Email, DisplayName = person.Name }, context);
        return new(challenges.Keep(Challenges.ToAdd, person.Id, asked.AttestationState ?? ""), asked.CreationOptionsJson);
    }

    /// <summary>The new key, or null where the answer is not a genuine one to the question.</summary>
    public async Task<Passkey?> AcceptAsync(PersonId person, string challenge, string answer, string name, HttpContext context)
    {
        if (challenges.Take(challenge, Challenges.ToAdd, person) is not { } state || answer.Length > AnswerLengthMax)
        {
            return null;
        }

        var made = await platform.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = answer, AttestationState = state });
        return made is { Succeeded: true, Passkey: { } key, UserEntity: { } entity } && entity.Id == person.Value
            ? PasskeyOwners.FromPlatform(key, name, time.GetUtcNow())
            : null;
    }

    /// <summary>Asks whoever sits there to sign in; the authenticator says who that is.</summary>
    public async Task<PasskeyQuestion> AskAsync(HttpContext context)
    {
        var asked = await platform.MakeRequestOptionsAsync(null, context);
        return new(challenges.Keep(Challenges.ToSignIn, person: null, asked.AssertionState ?? ""), asked.RequestOptionsJson);
    }

    /// <summary>Who signed, with the key as it is after this use, or null.</summary>
    public async Task<(Person Person, Passkey Key)?> CheckAsync(string challenge, string answer, HttpContext context)
    {
        if (challenges.Take(challenge, Challenges.ToSignIn, person: null) is not { } state || answer.Length > AnswerLengthMax)
        {
            return null;
        }

        var found = await platform.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = answer, AssertionState = state });
        if (found is not { Succeeded: true, Passkey: { } used, User: { } owner })
        {
            return null;
        }

        var kept = owner.Person.Passkeys.First(key => key.Id == PasskeyOwners.IdOf(used.CredentialId));
        return (owner.Person, kept with { Counter = used.SignCount, IsBackedUp = used.IsBackedUp, LastUsedAt = time.GetUtcNow() });
    }

    public void Dispose() => owners.Dispose();

    /// <summary>The page that asked the authenticator is the page that sends its answer: same host, same port.</summary>
    private static bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && SameOrigin.IsOurs(uri, request.Host)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback);
}

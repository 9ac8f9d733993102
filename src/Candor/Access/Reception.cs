using Candor.Access.External;
using Candor.Access.Factors;
using Candor.Access.Secrets;
using Candor.Effects;

namespace Candor.Access;

/// <summary>What it takes to let people in and to look after who belongs here. There while the list of people can be used.</summary>
internal sealed class Reception : IDisposable
{
    private const string KnownCookie = "candor-known";

    /// <summary>For what asks for fresh proof: credentials, people, tokens.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(15);

    private volatile OidcSignIn? oidc;

    public Reception(
        Register register, MasterKeys keys, IRandomness randomness, TimeProvider time, IAudit audit, int rounds = PasswordHash.Rounds, Derivation? derive = null)
    {
        (Register, Randomness, Time, Audit) = (register, randomness, time, audit);
        Box = new(keys, randomness);
        Brake = new(time);
        Challenges = new(time, randomness);
        Passwords = new(randomness, rounds, derive);
        Passkeys = new(register, Challenges, time);
        SignIn = new(register, Passwords, Box, Brake, time);
        SetUp = new(register, randomness, time);
    }

    public Register Register { get; }

    public IRandomness Randomness { get; }

    public TimeProvider Time { get; }

    public IAudit Audit { get; }

    public SecretBox Box { get; }

    public Brake Brake { get; }

    public Challenges Challenges { get; }

    public Passwords Passwords { get; }

    public Passkeys Passkeys { get; }

    public SignIn SignIn { get; }

    public SetUp SetUp { get; }

    /// <summary>The provider that the settings name, or null; replaced when they say something else.</summary>
    public OidcSignIn? Oidc
    {
        get => oidc;
        set => oidc = value;
    }

    public bool IsFresh(PersonPrincipal who) => Time.GetUtcNow() - who.SteppedUpAt is var ago && ago <= FreshFor && ago >= TimeSpan.Zero;

    /// <summary>
    /// Begins a session in this browser and ends the one it had: no id from before signing in is good after it. What led here
    /// is done already: whoever hangs up now does not keep the rest of it from happening.
    /// </summary>
    public async Task<bool> BeginAsync(HttpContext context, PersonId person)
    {
        OpenRequests.MayFinish(context);
        if (SessionCookie.Read(context.Request) is { } before)
        {
            await Register.NoteAsync(roster => Sessions.End(roster, Hashes.Of(before)), CancellationToken.None);
        }

        var (secret, decide) = Sessions.Begin(
            person, Time.GetUtcNow(), Randomness, context.Request.Headers.UserAgent.ToString(), Source.Of(context.Connection.RemoteIpAddress));
        if (await Register.NoteAsync(decide, CancellationToken.None) is not null)
        {
            return false;
        }

        SessionCookie.Write(context, secret);
        context.Response.Cookies.Append(KnownCookie, SignIn.KnownMark(person), new()
        {
            HttpOnly = true, Secure = SessionCookie.IsSecure(context.Request), SameSite = SameSiteMode.Lax, Path = "/sign-in", MaxAge = TimeSpan.FromDays(365),
        });
        return true;
    }

    public static string? KnownTo(HttpRequest request) => request.Cookies[KnownCookie];

    /// <summary>What was done is recorded also where nobody waits for the answer any more.</summary>
    public ValueTask RecordAsync(HttpContext context, string actor, string act, string subject) => Audit.RecordAsync(
        new(Time.GetUtcNow(), actor, act, subject, Source.Of(context.Connection.RemoteIpAddress)), CancellationToken.None);

    public void Dispose()
    {
        Passkeys.Dispose();
        Passwords.Dispose();
    }
}

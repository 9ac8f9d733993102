using Candor.Access.Factors;
using Candor.Access.Secrets;
using Candor.Journal;

namespace Candor.Access;

/// <summary>How an attempt to sign in ended: who it is, or why not and how long to wait.</summary>
internal sealed record SignInAnswer(Person? Person, Refusal? Refusal, TimeSpan? Wait = null);

/// <summary>
/// Signing in with a password and a code. Every wrong answer is the same sentence after the same work, whether the address is
/// known, the password was wrong, or the code.
/// </summary>
internal sealed class SignIn(Register register, Passwords passwords, SecretBox box, Brake brake, TimeProvider time)
{
    public static readonly Refusal Wrong = new(
        "sign_in.wrong", "Address, password and code do not belong together. A code is good once and for half a minute.");

    private static readonly BrakeRule OfAccount = new(5, TimeSpan.FromMinutes(4));
    private static readonly BrakeRule OfAccountFromOnePlace = new(3, TimeSpan.FromMinutes(8));
    private static readonly BrakeRule OfPlace = new(20, TimeSpan.FromMinutes(1));
    private static readonly BrakeRule OfAll = new(60, TimeSpan.FromSeconds(1));
    private static readonly BrakeRule OfCodes = new(5, TimeSpan.FromMinutes(3));

    /// <param name="place">Where it comes from; see <see cref="Source"/>.</param>
    /// <param name="knownTo">The fingerprint that this browser got when somebody signed in there before.</param>
    public async Task<SignInAnswer> ByPasswordAsync(
        string email, string password, string code, string place, string? knownTo, CancellationToken cancellation)
    {
        var address = People.Email(email) ?? "?";
        var person = register.Roster.FindByEmail(address);
        var tries = TriesOf(address, place, person is not null && knownTo == KnownMark(person.Id));
        if (brake.Take(tries) is { } wait)
        {
            return TooMany(wait);
        }

        switch (await passwords.VerifyAsync(person?.Password, password, cancellation))
        {
            case null:
                return TooMany(TimeSpan.FromSeconds(5));
            case false:
                return new(null, Wrong);
        }

        (string, BrakeRule)[] codes = [($"code:{person!.Id}", OfCodes)];
        if (brake.Take(codes) is { } pause)
        {
            return TooMany(pause);
        }

        if (await UseCodeAsync(person, code, cancellation) is { } refusal)
        {
            return new(null, refusal);
        }

        brake.GiveBack([.. tries, .. codes]);
        return new(person, null);
    }

    /// <summary>What a browser keeps in which this person signed in; it lets their next try past those of strangers, and nothing else.</summary>
    public string KnownMark(PersonId person) => box.Fingerprint("known browser", person.Value);

    /// <summary>
    /// Strangers share the tries of an account, twenty an hour all together and fewer from one place. A browser in which its
    /// owner signed in before has tries of its own, so that guessing by others never keeps the owner out.
    /// </summary>
    private static (string, BrakeRule)[] TriesOf(string address, string place, bool known) => known
        ? [($"known:{address}", OfAccount), ("all-known", OfAll)]
        : [($"account:{address}", OfAccount), ($"pair:{place} {address}", OfAccountFromOnePlace), ($"place:{place}", OfPlace), ("all", OfAll)];

    private static SignInAnswer TooMany(TimeSpan wait) => new(
        null, new("sign_in.wait", $"Too many tries. The next one is possible in {Words(wait)}; a passkey works at once."), wait);

    private static string Words(TimeSpan wait) => wait < TimeSpan.FromMinutes(1)
        ? $"{Math.Ceiling(wait.TotalSeconds):0} s"
        : $"{Math.Ceiling(wait.TotalMinutes):0} min";

    private async ValueTask<Refusal?> UseCodeAsync(Person person, string code, CancellationToken cancellation)
    {
        var plain = Base32.Plain(code);
        if (person.Totp is not { } totp)
        {
            return Wrong;
        }

        if (plain.Length != TotpCode.Digits)
        {
            return await register.NoteAsync(roster => People.UseRecoveryCode(roster, person.Id, Hashes.Of(plain)), cancellation);
        }

        return box.Open("totp", person.Id.Value, totp.Sealed) is { } secret
            && TotpCode.Match(secret, plain, time.GetUtcNow(), totp.LastStep) is { } step
            ? await register.NoteAsync(roster => People.UseStep(roster, person.Id, step), cancellation)
            : Wrong;
    }
}

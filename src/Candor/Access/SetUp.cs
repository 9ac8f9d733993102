using Candor.Access.Factors;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Access;

/// <summary>
/// The way in while nobody can sign in yet: a code that is on the console and nowhere else, good once. It lives in memory, so
/// each start of an installation without people has its own.
/// </summary>
internal sealed class SetUp(Register register, IRandomness randomness, TimeProvider time)
{
    private const int CodeBytes = 10;
    private string? hash;

    public bool IsOpen => Volatile.Read(ref hash) is not null && !register.Roster.People.Values.Any(People.CanSignIn);

    /// <summary>The code for the console, or null where somebody can sign in.</summary>
    public string? Begin()
    {
        if (register.Roster.People.Values.Any(People.CanSignIn))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[CodeBytes];
        randomness.Fill(bytes);
        var code = Base32.Write(bytes);
        Volatile.Write(ref hash, Hashes.Of(code));
        return Base32.Grouped(code);
    }

    /// <summary>Makes the first owner of whoever has the code.</summary>
    public async Task<(Person? Person, Refusal? Refusal)> UseAsync(string code, string name, string email, CancellationToken cancellation)
    {
        var person = new Person(new(randomness.NextId()), name.Trim(), People.Email(email) ?? "", Role.Owner, time.GetUtcNow());
        var typed = Hashes.Of(Base32.Plain(code));
        try
        {
            return await register.CommitAsync(roster => Decide(roster, typed, person), cancellation) is { } refusal
                ? (null, refusal)
                : (person, null);
        }
        catch (IOException)
        {
            // Nobody was made, so the code is as good as before.
            Volatile.Write(ref hash, typed);
            throw;
        }
    }

    /// <summary>Where changes are decided one at a time: the second with the right code finds it used.</summary>
    private Decision<RosterChange> Decide(Roster roster, string typed, Person person)
    {
        if (Volatile.Read(ref hash) is not { } expected || !Hashes.AreEqual(expected, typed))
        {
            return new Refusal(
                "set_up.code", "This is not the code on the console, or it was used already. A new one is printed at each start.", "code");
        }

        var decision = People.BeFirst(roster, person);
        if (decision.Refusal is null)
        {
            Volatile.Write(ref hash, null);
        }

        return decision;
    }
}

using Candor.Effects;

namespace Candor.Access.Factors;

/// <summary>
/// What an authenticator was asked to sign, kept here and never taken back from the browser: bound to a purpose and a
/// person, good for five minutes, gone with the first look whatever comes of it.
/// </summary>
internal sealed class Challenges(TimeProvider time, IRandomness randomness)
{
    public const string ToAdd = "add";
    public const string ToSignIn = "sign-in";

    private const int WaitingMax = 1000;
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly Lock changing = new();
    private readonly Dictionary<string, Challenge> waiting = new(StringComparer.Ordinal);

    public string Keep(string purpose, PersonId? person, string state)
    {
        var id = Hashes.NewSecret(randomness);
        lock (changing)
        {
            var now = time.GetElapsedTime(0);
            foreach (var (old, _) in waiting.Where(one => now - one.Value.At > GoodFor).ToList())
            {
                waiting.Remove(old);
            }

            // A flood of challenges that nobody answers pushes out the oldest of them.
            if (waiting.Count >= WaitingMax)
            {
                waiting.Remove(waiting.MinBy(static one => one.Value.At).Key);
            }

            waiting[id] = new(purpose, person, state, now);
        }

        return id;
    }

    public string? Take(string id, string purpose, PersonId? person)
    {
        lock (changing)
        {
            return waiting.Remove(id, out var kept) && kept.Purpose == purpose && kept.Person == person
                && time.GetElapsedTime(0) - kept.At <= GoodFor
                ? kept.State
                : null;
        }
    }

    private sealed record Challenge(string Purpose, PersonId? Person, string State, TimeSpan At);
}

using Candor.Journal;

namespace Candor.State;

/// <summary>
/// A request that carried a key was done, in the same commit as what it did, so that a repeat after a lost answer is
/// recognised also after a restart.
/// </summary>
/// <param name="Key">A hash of who asked and their key; the key itself could hold anything.</param>
/// <param name="Asked">A hash of what was asked for.</param>
/// <param name="Target">The id of what it was about or what it made.</param>
internal sealed record RequestAnswered(DateTimeOffset At, string Key, string Asked, string Target) : Event(At);

/// <summary>What is remembered of a request for a day.</summary>
internal readonly record struct AnsweredRequest(DateTimeOffset At, string Asked, string Target);

/// <summary>Doing once what is asked twice.</summary>
internal static class RequestDecisions
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>What the decision says; nothing more where the same was done under this key, a refusal where something else was.</summary>
    public static Decision<Event> Once(
        World world, DateTimeOffset at, string key, string asked, string target, Func<World, Decision<Event>> decide)
    {
        if (Find(world, at, key) is { } before)
        {
            return before.Asked == asked
                ? Array.Empty<Event>()
                : new Refusal(
                    "key_reused",
                    "This Idempotency-Key was used for something else in the last 24 hours; take a new key for a new request.");
        }

        var decision = decide(world);
        return decision.Refusal is { } no ? no : Decision.Of<Event>([.. decision.Events, new RequestAnswered(at, key, asked, target)]);
    }

    public static AnsweredRequest? Find(World world, DateTimeOffset at, string key) =>
        world.Requests.TryGetValue(key, out var before) && at - before.At < KeptFor ? before : null;
}

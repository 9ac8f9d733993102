namespace Candor.Access;

/// <summary>How many tries in a row, and one more after each pause.</summary>
internal sealed record BrakeRule(int Tries, TimeSpan OneMoreEach);

/// <summary>
/// Slows guessing down without ever locking anybody out: a try that comes too early is told how long to wait and costs
/// nothing. Counted by whatever the tries have in common: account, address, all. By the steady clock, in memory.
/// </summary>
internal sealed class Brake(TimeProvider time)
{
    // Beyond this the fullest pots are forgotten first; a flood of made-up accounts cannot take the memory.
    private const int PotsMax = 20_000;

    private readonly Lock taking = new();
    private readonly Dictionary<string, Pot> pots = new(StringComparer.Ordinal);

    /// <summary>Null: go on, and one try is taken from each. Otherwise how long until there is one, and nothing is taken.</summary>
    public TimeSpan? Take(params ReadOnlySpan<(string Key, BrakeRule Rule)> tries)
    {
        lock (taking)
        {
            var now = time.GetElapsedTime(0);
            var wait = TimeSpan.Zero;
            foreach (var (key, rule) in tries)
            {
                var left = Left(key, rule, now);
                wait = left >= 1 ? wait : Max(wait, (1 - left) * rule.OneMoreEach);
            }

            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            foreach (var (key, rule) in tries)
            {
                pots[key] = new(Left(key, rule, now) - 1, now, rule);
            }

            Forget(now);
            return null;
        }
    }

    /// <summary>The try was a good one and does not count.</summary>
    public void GiveBack(params ReadOnlySpan<(string Key, BrakeRule Rule)> tries)
    {
        lock (taking)
        {
            var now = time.GetElapsedTime(0);
            foreach (var (key, rule) in tries)
            {
                pots[key] = new(Math.Min(rule.Tries, Left(key, rule, now) + 1), now, rule);
            }
        }
    }

    private double Left(string key, BrakeRule rule, TimeSpan now) =>
        pots.TryGetValue(key, out var pot) ? Math.Min(rule.Tries, pot.Left + ((now - pot.At) / rule.OneMoreEach)) : rule.Tries;

    private void Forget(TimeSpan now)
    {
        if (pots.Count <= PotsMax)
        {
            return;
        }

        foreach (var (key, _) in pots.OrderByDescending(pot => Left(pot.Key, pot.Value.Rule, now) / pot.Value.Rule.Tries).Take(PotsMax / 4).ToList())
        {
            pots.Remove(key);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private readonly record struct Pot(double Left, TimeSpan At, BrakeRule Rule);
}

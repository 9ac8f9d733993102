using System.Collections.Immutable;

namespace Candor.Watching;

/// <summary>
/// What is wrong with Candor at this moment, each with its beginning. Anyone may raise and clear, from any thread; the
/// page, <c>/healthz</c> and the admin listener read it. It is memory only: a restart looks again.
/// </summary>
internal sealed class SelfLog(TimeProvider time)
{
    private readonly Lock changing = new();
    private volatile Snapshot current = new([], 0);

    /// <summary>Oldest first.</summary>
    public ImmutableArray<Problem> Problems => current.Problems;

    /// <summary>Grows with each change, so that a reader can tell whether it has seen the latest.</summary>
    public long Version => current.Version;

    /// <summary>Says that something is wrong, or says it in other words; the beginning stays.</summary>
    public void Raise(string key, Gravity gravity, string sentence, string? detail = null)
    {
        lock (changing)
        {
            var before = current.Problems.FirstOrDefault(problem => problem.Key == key);
            var now = new Problem(key, gravity, sentence, before?.Since ?? time.GetUtcNow()) { Detail = detail };
            if (now != before)
            {
                Become(before is null ? current.Problems.Add(now) : current.Problems.Replace(before, now));
            }
        }
    }

    /// <summary>Says that it is well again; nothing happens where nothing was wrong.</summary>
    public void Clear(string key)
    {
        lock (changing)
        {
            if (current.Problems.FirstOrDefault(problem => problem.Key == key) is { } over)
            {
                Become(current.Problems.Remove(over));
            }
        }
    }

    /// <summary>Raises where there is a sentence and clears where there is none.</summary>
    public void Set(string key, Gravity gravity, string? sentence, string? detail = null)
    {
        if (sentence is null)
        {
            Clear(key);
        }
        else
        {
            Raise(key, gravity, sentence, detail);
        }
    }

    private void Become(ImmutableArray<Problem> problems) =>
        current = new([.. problems.OrderBy(problem => problem.Since)], current.Version + 1);

    private sealed record Snapshot(ImmutableArray<Problem> Problems, long Version);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Candor.Mirrors.Telling;

/// <summary>Whom to tell of what, in the clear.</summary>
internal sealed record TellingOrder(Bulletin Bulletin, ContactList List, TellingVoice Voice)
{
    public override string ToString() => $"(telling of {Bulletin.Id})";
}

/// <summary>One telling while it runs, and in it one try after the other for each who was not told yet.</summary>
internal sealed class TellingRound(TellingOrder order)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> kinds = new(StringComparer.Ordinal);
    private volatile string? trouble;
    private volatile string? halted;
    private volatile string? stopped;
    private volatile bool isAnswered;
    private volatile bool wasSilent;
    private int missed;
    private volatile bool isReached;
    private ImmutableList<ContactEntry> refused = [];

    public TellingOrder Order => order;

    public IReadOnlyList<ContactEntry> Waiting { get; private set; } = [];

    /// <summary>As a time stamp.</summary>
    public long BeganAt { get; private set; }

    public bool IsHalted => halted is not null;

    /// <summary>Why somebody wants it to end, or null.</summary>
    public string? Stopped => stopped;

    /// <summary>Over once somebody wants it to end.</summary>
    public Task Stopping => stopping.Task;

    /// <summary>A mail server has said something, so its address is one.</summary>
    public bool IsAnswered
    {
        get => isAnswered;
        set => isAnswered = value;
    }

    /// <summary>The publisher was silent at some time since it began.</summary>
    public bool WasSilent
    {
        get => wasSilent;
        set => wasSilent = value;
    }

    /// <summary>Somebody was reached, in this round or one before it.</summary>
    public bool IsReached => isReached;

    public bool IsNobodyRefused => refused.IsEmpty;

    public string? Trouble
    {
        get => halted ?? trouble;
        set => trouble = value;
    }

    /// <param name="isAnswered">Somebody was told of it before.</param>
    public void Start(long now, bool isAnswered) => (BeganAt, IsAnswered) = (now, isAnswered);

    public void Begin(IEnumerable<ContactEntry> waiting) => (Waiting, trouble) = ([.. waiting], null);

    public bool WasRefused(ContactEntry person) => refused.Contains(person);

    /// <summary>Somebody was refused before anybody was reached; how many there are now.</summary>
    public int Refuse(ContactEntry person)
    {
        lock (gate)
        {
            refused = refused.Add(person);
            return isReached ? 0 : refused.Count;
        }
    }

    /// <summary>Somebody was reached, so it was not us who were refused until now but those, who are noted by the caller.</summary>
    public IReadOnlyList<ContactEntry> Reach()
    {
        isReached = true;
        return refused.IsEmpty ? [] : TakeRefused();
    }

    public IReadOnlyList<ContactEntry> TakeRefused()
    {
        lock (gate)
        {
            var those = refused;
            refused = [];
            return those;
        }
    }

    /// <summary>No mail server was there; how often that was so.</summary>
    public int Miss() => Interlocked.Increment(ref missed);

    /// <summary>Whether nothing of that kind was in the way before.</summary>
    public bool IsNew(string kind) => kinds.TryAdd(kind, true);

    /// <summary>Nobody else is tried; the first reason counts.</summary>
    public void Halt(string why) => Interlocked.CompareExchange(ref halted, why, null);

    /// <summary>Nobody else is to be tried where somebody is left.</summary>
    public void Stop(string why)
    {
        stopped = why;
        stopping.TrySetResult();
    }
}

using System.Collections.Immutable;

namespace Candor.Mirrors.Telling;

/// <summary>Whom to tell of what, in the clear.</summary>
internal sealed record TellingOrder(Bulletin Bulletin, ContactList List, TellingVoice Voice)
{
    public override string ToString() => $"(telling of {Bulletin.Id})";
}

/// <summary>One try for each who was not told yet.</summary>
internal sealed class TellingRound(TellingOrder order)
{
    private readonly Lock gate = new();
    private volatile string? trouble;
    private volatile bool isHalted;
    private volatile bool isReached;
    private ImmutableList<ContactEntry> refused = [];

    public TellingOrder Order => order;

    public IReadOnlyList<ContactEntry> Waiting { get; private set; } = [];

    public bool IsHalted => isHalted;

    /// <summary>Somebody was reached, in this round or one before it.</summary>
    public bool IsReached => isReached;

    public bool IsNobodyRefused => refused.IsEmpty;

    public string? Trouble
    {
        get => trouble;
        set => trouble = isHalted ? trouble : value;
    }

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

    /// <summary>Nobody else is tried.</summary>
    public void Halt(string why)
    {
        Trouble = why;
        isHalted = true;
    }
}

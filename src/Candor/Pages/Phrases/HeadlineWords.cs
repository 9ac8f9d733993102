using Candor.State;

namespace Candor.Pages.Phrases;

/// <summary>The first sentence of the page and the second. Each lead has a place for a moment; what stands behind that is its tail.</summary>
internal abstract class HeadlineWords : Spoken
{
    public abstract string NothingWatched { get; }

    public abstract string WatchesItself { get; }

    /// <summary>"All 4 services work"; of one, its name.</summary>
    public abstract string AllWork(string first, int total);

    /// <summary>"2 incidents are still open."</summary>
    public abstract string StillOpen(int open);

    /// <summary>"We cannot see any of the 4 services". The total is more than one.</summary>
    public abstract (string Lead, string Tail) NoneSeen(int total);

    public abstract (string Lead, string Tail) NotSeen(IReadOnlyList<string> names);

    /// <summary>"All 4 services are down". The total is more than one.</summary>
    public abstract (string Lead, string Tail) AllAre(int total, ComponentStatus status);

    public abstract (string Lead, string Tail) Are(IReadOnlyList<string> names, ComponentStatus status);

    /// <summary>"Checkout is down in eu"</summary>
    public abstract (string Lead, string Tail) IsOutIn(string name, IReadOnlyList<string> regions, bool partly);

    /// <summary>What is said of the other services; empty where there are none.</summary>
    public string Rest(int total, int work, int unseen) => (total, work) switch
    {
        (0, _) => "",
        (1, 1) => OtherWorks,
        (1, 0) => unseen == 1 ? OtherNotSeen : OtherHasTrouble,
        (2, 2) => BothOthersWork,
        _ when total == work => OthersWork(total),
        _ when total == unseen => OthersNotSeen(total),
        (_, 0) when unseen == 0 => OthersHaveTrouble(total),
        (_, 0) => NoOtherWorks(total, unseen),
        _ => SomeOthersWork(work, total, unseen),
    };

    /// <summary>"Homepage is down since 09:54 UTC (12 min)." Without a moment just the lead.</summary>
    public abstract string Sentence(Headline headline, (string At, string For)? since);

    protected abstract string OtherWorks { get; }

    protected abstract string OtherNotSeen { get; }

    protected abstract string OtherHasTrouble { get; }

    protected abstract string BothOthersWork { get; }

    protected abstract string OthersWork(int total);

    protected abstract string OthersNotSeen(int total);

    protected abstract string OthersHaveTrouble(int total);

    protected abstract string NoOtherWorks(int total, int unseen);

    protected abstract string SomeOthersWork(int work, int total, int unseen);
}

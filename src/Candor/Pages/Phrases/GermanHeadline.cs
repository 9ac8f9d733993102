using Candor.Languages;
using Candor.State;

namespace Candor.Pages.Phrases;

/// <summary>The verb of a German sentence stands at its end: "Homepage ist seit 09:54 UTC (12 Min.) ausgefallen."</summary>
internal sealed class GermanHeadline : HeadlineWords
{
    private static readonly Lists Lists = Language.German.Lists;

    public override string NothingWatched => "Noch wird nichts überwacht";

    public override string WatchesItself => "Candor läuft und überwacht sich selbst";

    public override string AllWork(string first, int total) => total switch
    {
        1 => $"{first} funktioniert",
        2 => "Beide Dienste funktionieren",
        _ => $"Alle {total} Dienste funktionieren",
    };

    public override string StillOpen(int open) => open == 1 ? "1 Störung ist noch offen." : $"{open} Störungen sind noch offen.";

    public override (string Lead, string Tail) NoneSeen(int total) =>
        ($"Für keinen der {(total == 2 ? "beiden" : $"{total}")} Dienste haben wir", " Messwerte");

    public override (string Lead, string Tail) NotSeen(IReadOnlyList<string> names) => ($"Für {Lists.Names(names)} haben wir", " keine Messwerte");

    public override (string Lead, string Tail) AllAre(int total, ComponentStatus status) =>
        ($"{(total == 2 ? "Beide" : $"Alle {total}")} Dienste sind", $" {What(status)}");

    public override (string Lead, string Tail) Are(IReadOnlyList<string> names, ComponentStatus status) =>
        ($"{Lists.Names(names)} {(names.Count == 1 ? "ist" : "sind")}", $" {What(status)}");

    public override (string Lead, string Tail) IsOutIn(string name, IReadOnlyList<string> regions, bool partly) =>
        ($"{name} ist", $" in {Lists.And(regions)} {(partly ? "teilweise ausgefallen" : "ausgefallen")}");

    public override string Sentence(Headline headline, (string At, string For)? since) =>
        $"{headline.Lead}{(since is var (at, lasted) ? $" {GermanTimes.Since(at)} ({lasted})" : "")}{headline.Tail}.";

    protected override string OtherWorks => "Der andere Dienst funktioniert.";

    protected override string OtherNotSeen => "Für den anderen Dienst haben wir keine Messwerte.";

    protected override string OtherHasTrouble => "Auch der andere Dienst ist gestört.";

    protected override string BothOthersWork => "Die beiden anderen Dienste funktionieren.";

    protected override string OthersWork(int total) => $"Alle {total} anderen Dienste funktionieren.";

    protected override string OthersNotSeen(int total) => $"Für die {total} anderen Dienste haben wir keine Messwerte.";

    protected override string OthersHaveTrouble(int total) => $"Auch die {total} anderen Dienste sind gestört.";

    protected override string NoOtherWorks(int total, int unseen) => $"Keiner der {total} anderen Dienste funktioniert{Unseen(unseen)}.";

    protected override string SomeOthersWork(int work, int total, int unseen) =>
        $"{work} von {total} anderen Diensten {(work == 1 ? "funktioniert" : "funktionieren")}{Unseen(unseen)}.";

    private static string Unseen(int unseen) => unseen == 0 ? "" : $", für {unseen} haben wir keine Messwerte";

    private static string What(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => "ausgefallen",
        ComponentStatus.PartialOutage => "teilweise ausgefallen",
        ComponentStatus.DegradedPerformance => "beeinträchtigt",
        _ => "in Wartung",
    };
}

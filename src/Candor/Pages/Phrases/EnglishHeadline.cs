using Candor.Languages;
using Candor.State;

namespace Candor.Pages.Phrases;

internal sealed class EnglishHeadline : HeadlineWords
{
    private static readonly Lists Lists = Language.English.Lists;

    public override string NothingWatched => "Nothing is watched yet";

    public override string WatchesItself => "Candor is running and watches itself";

    public override string AllWork(string first, int total) => total switch
    {
        1 => $"{first} works",
        2 => "Both services work",
        _ => $"All {total} services work",
    };

    public override string StillOpen(int open) => open == 1 ? "1 incident is still open." : $"{open} incidents are still open.";

    public override (string Lead, string Tail) NoneSeen(int total) =>
        ($"We cannot see {(total == 2 ? "either service" : $"any of the {total} services")}", "");

    public override (string Lead, string Tail) NotSeen(IReadOnlyList<string> names) => ($"We cannot see {Lists.Names(names)}", "");

    public override (string Lead, string Tail) AllAre(int total, ComponentStatus status) =>
        ($"{(total == 2 ? "Both" : $"All {total}")} services are {What(status)}", "");

    public override (string Lead, string Tail) Are(IReadOnlyList<string> names, ComponentStatus status) =>
        ($"{Lists.Names(names)} {(names.Count == 1 ? "is" : "are")} {What(status)}", "");

    public override (string Lead, string Tail) IsOutIn(string name, IReadOnlyList<string> regions, bool partly) =>
        ($"{name} is {(partly ? "partly down" : "down")} in {Lists.And(regions)}", "");

    public override string Sentence(Headline headline, (string At, string For)? since) =>
        $"{headline.Lead}{(since is var (at, lasted) ? $" since {at} ({lasted})" : "")}.";

    protected override string OtherWorks => "The other service works.";

    protected override string OtherNotSeen => "We cannot see the other service.";

    protected override string OtherHasTrouble => "The other service has trouble too.";

    protected override string BothOthersWork => "Both other services work.";

    protected override string OthersWork(int total) => $"All {total} other services work.";

    protected override string OthersNotSeen(int total) => $"We cannot see the other {total} services.";

    protected override string OthersHaveTrouble(int total) => $"The other {total} services have trouble too.";

    protected override string NoOtherWorks(int total, int unseen) => $"None of the {total} other services works{Unseen(unseen)}.";

    protected override string SomeOthersWork(int work, int total, int unseen) => $"{work} of {total} other services work{Unseen(unseen)}.";

    private static string Unseen(int unseen) => unseen == 0 ? "" : $", {unseen} we cannot see";

    private static string What(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => "down",
        ComponentStatus.PartialOutage => "partly down",
        ComponentStatus.DegradedPerformance => "degraded",
        _ => "under maintenance",
    };
}

using System.Collections.Immutable;
using System.Globalization;
using Candor.Admin.Incidents;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary>Planned work as its form offers it or was sent, word for word.</summary>
internal sealed record PlanForm
{
    /// <summary>What the names of the checkboxes of components begin with.</summary>
    public const string ComponentPrefix = "c:";

    public static readonly ImmutableArray<string> Fields =
    [
        "title", "body", "from", "until", "rule", "own_rule", "zone", "starts", "ends", "marks", "outage", "verify", "remind", "quiet", "key",
    ];

    public string Title { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>Wall clocks, in the zone of the page or in <see cref="Zone"/> where it comes again.</summary>
    public string From { get; init; } = "";

    public string Until { get; init; } = "";

    /// <summary>Empty: once; "own": as <see cref="OwnRule"/> says; else a rule.</summary>
    public string Rule { get; init; } = "";

    public string OwnRule { get; init; } = "";

    public string Zone { get; init; } = "";

    public bool Starts { get; init; } = true;

    public bool Ends { get; init; } = true;

    public bool Marks { get; init; } = true;

    public bool Outage { get; init; }

    /// <summary>Minutes.</summary>
    public string Verify { get; init; } = "";

    /// <summary>Minutes.</summary>
    public string Remind { get; init; } = "";

    public bool Quiet { get; init; }

    public string Key { get; init; } = "";

    public ImmutableSortedSet<string> Components { get; init; } = [];

    public bool ComesAgain => Rule.Length > 0;

    public static PlanForm Of(SentForm form) => new()
    {
        Title = form["title"],
        Body = form["body"].ReplaceLineEndings("\n"),
        From = form["from"],
        Until = form["until"],
        Rule = form["rule"],
        OwnRule = form["own_rule"].Trim(),
        Zone = form["zone"].Trim(),
        Starts = form["starts"].Length > 0,
        Ends = form["ends"].Length > 0,
        Marks = form["marks"].Length > 0,
        Outage = form["outage"].Length > 0,
        Verify = form["verify"],
        Remind = form["remind"],
        Quiet = form["quiet"].Length > 0,
        Key = form["key"],
        Components = [.. form.Names.Where(static name => name.StartsWith(ComponentPrefix, StringComparison.Ordinal)).Select(static name => name[ComponentPrefix.Length..])],
    };

    public IEnumerable<string> Said =>
    [
        Title, Body, From, Until, Rule, OwnRule, Zone, $"{Starts}", $"{Ends}", $"{Marks}", $"{Outage}", Verify, Remind, $"{Quiet}", .. Components,
    ];

    public MaintenancePlan ToPlan(TimeZoneInfo zone) => new(
        Title, WallClock.Read(From, zone) ?? default, WallClock.Read(Until, zone) ?? default,
        [.. Components.Select(static id => new ComponentId(id))])
    {
        StartsByItself = Starts,
        EndsByItself = Ends,
        MarksComponents = Marks,
        RestoresComponents = Marks,
        ExpectsOutage = Outage ? true : null,
        VerifyFor = Minutes(Verify),
        RemindBefore = Minutes(Remind),
    };

    private static TimeSpan? Minutes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 ? TimeSpan.FromMinutes(Math.Min(minutes, 1_000_000)) : null;
}

using Candor.Settings;
using Candor.Settings.Forms;
using Candor.Settings.Plans;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Tests.Settings;

/// <summary>A field that the plan does not compare is a change that never happens.</summary>
public sealed class PlanFieldsTests
{
    private static readonly MonitorDefinition Monitor = new(
        new("m"), new Check("http", "https://a.example/", """{"method":"GET"}"""), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), JudgingRules.Default);

    private static readonly ComponentDefinition Component = new(new("c"), "Name", null, 0)
    {
        Redundancy = new([new("a"), new("b")], 1),
    };

    private static readonly Page Page = new("id", "Name", "UTC");

    private static readonly Dictionary<string, (Declaration Before, Declaration After)> Stories = Tell();

    public static TheoryData<string> Changes() => [.. Stories.Keys];

    private static Dictionary<string, (Declaration Before, Declaration After)> Tell()
    {
        var stories = new Dictionary<string, (Declaration, Declaration)>();
        void Add(string what, Declaration before, Declaration after) => stories.Add(what, (before, after));
        var none = new Declaration(Page, Policy.Default);
        foreach (var (what, page) in Pages())
        {
            Add($"Page.{what}", none, none with { Page = page });
        }

        foreach (var (what, policy) in Policies())
        {
            Add($"Policy.{what}", none, none with { Policy = policy });
        }

        foreach (var (what, monitor) in Monitors())
        {
            Add($"MonitorDefinition.{what}", none with { Monitors = [Monitor] }, none with { Monitors = [monitor] });
        }

        var parent = new ComponentDefinition(new("p"), "Parent", null, 1);
        foreach (var (what, component) in Components())
        {
            Add($"ComponentDefinition.{what}", none with { Components = [parent, Component] }, none with { Components = [parent, component] });
        }

        return stories;
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_of_any_field_is_in_the_plan(string what)
    {
        var (before, after) = Stories[what];
        var world = Plan.Between(World.Empty, before, Written.Noon).Events.Aggregate(World.Empty, World.Fold);
        var step = Assert.Single(Plan.Between(world, after, Written.Noon).Steps);

        Assert.True(step is { Act: PlanAct.Change, Changes: [_] }, what);
        Assert.True(Plan.Between(Plan.Between(world, after, Written.Noon).Events.Aggregate(world, World.Fold), after, Written.Noon).IsEmpty);
    }

    [Theory]
    [InlineData(nameof(Page))]
    [InlineData(nameof(Policy))]
    [InlineData(nameof(MonitorDefinition))]
    [InlineData(nameof(ComponentDefinition))]
    public void No_field_is_missing_from_these_stories(string name)
    {
        var type = typeof(World).Assembly.GetType($"Candor.State.{name}", throwOnError: true)!;

        // The id decides what is compared with what; a page's id is a field like any other.
        var fields = type.GetProperties().Select(p => p.Name).Where(name => name != "Id" || type == typeof(Page));
        var told = Stories.Keys.Select(key => key.Split('.', ' '))
            .Where(parts => parts[0] == type.Name).Select(parts => parts[1]).Distinct();

        Assert.Equal(fields.Order(), told.Order());
    }

    private static IEnumerable<(string What, Page Page)> Pages() =>
    [
        ("Id", Page with { Id = "other" }), ("Name", Page with { Name = "Other" }), ("TimeZone", Page with { TimeZone = "Europe/Berlin" }),
        ("Language", Page with { Language = "de" }),
        ("Url", Page with { Url = "https://x.example/" }), ("Description", Page with { Description = "x" }),
        ("Accent", Page with { Accent = "#000000" }), ("LogoUrl", Page with { LogoUrl = "https://x.example/l.svg" }),
        ("ContactUrl", Page with { ContactUrl = "mailto:a@x.example" }), ("FirstRun", Page with { FirstRun = true }),
        ("Audiences", Page with { Audiences = ["staff"] }), ("OnlyFor", Page with { OnlyFor = ["staff"] }),
    ];

    private static IEnumerable<(string What, Policy Policy)> Policies() =>
    [
        ("Automatic", Policy.Default with { Automatic = AutomaticIncidents.Off }),
        ("OpenAfter", Policy.Default with { OpenAfter = TimeSpan.FromSeconds(5) }),
        ("ResolveAfter", Policy.Default with { ResolveAfter = TimeSpan.FromSeconds(5) }),
        ("Texts Title", Policy.Default with { Texts = new() { Title = "{{component}}" } }),
        ("Texts Opened", Policy.Default with { Texts = new() { Opened = "{{reason}}" } }),
        ("Texts Resolved", Policy.Default with { Texts = new() { Resolved = "{{lasted}}" } }),
        ("Reminders Silence", Policy.Default with { Reminders = ReminderPolicy.Default with { Silence = TimeSpan.FromMinutes(30) } }),
        ("Reminders BeforeMaintenance", Policy.Default with { Reminders = ReminderPolicy.Default with { BeforeMaintenance = TimeSpan.FromMinutes(30) } }),
        ("Reminders Every", Policy.Default with { Reminders = ReminderPolicy.Default with { Every = TimeSpan.FromMinutes(30) } }),
        ("Reminders Times", Policy.Default with { Reminders = ReminderPolicy.Default with { Times = 3 } }),
        ("Maintenance ExpectsOutage", Policy.Default with { Maintenance = new(ExpectsOutage: true, CountsInUptime: false) }),
        ("Maintenance CountsInUptime", Policy.Default with { Maintenance = new(ExpectsOutage: false, CountsInUptime: true) }),
        ("Controls", Policy.Default with { Controls = ["gateway"] }),
        ("Vantages", Policy.Default with { Vantages = [VantageId.Local, new("eu")] }),
        ("Regions", Policy.Default with { Regions = [new("eu", [VantageId.Local])] }),
        ("EgressAllow", Policy.Default with { EgressAllow = ["10.0.0.0/8"] }),
        ("AlertSources", Policy.Default with { AlertSources = [new(AlertTool.Generic, "$ALERTS")] }),
    ];

    private static IEnumerable<(string What, MonitorDefinition Monitor)> Monitors() =>
    [
        ("Check Target", Monitor with { Check = Monitor.Check with { Target = "https://b.example/" } }),
        ("Check Options", Monitor with { Check = Monitor.Check with { Options = """{"method":"POST"}""" } }),
        ("Check Front", Monitor with { Check = Monitor.Check with { Front = "https://a.example/" } }), ("Check Behind", Monitor with { Check = Monitor.Check with { Behind = "https://a.example/" } }),
        ("Every", Monitor with { Every = TimeSpan.FromSeconds(30) }), ("Timeout", Monitor with { Timeout = TimeSpan.FromSeconds(5) }),
        ("From", Monitor with { From = [VantageId.Local] }), ("Regions", Monitor with { Regions = ["eu"] }),
        ("DependsOn", Monitor with { DependsOn = [new("a")] }),
        ("Rules DownAfter", Monitor with { Rules = new(3, 2, null) }), ("Rules UpAfter", Monitor with { Rules = new(2, 3, null) }),
        ("Rules MinLive", Monitor with { Rules = new(2, 2, 1) }),
    ];

    private static IEnumerable<(string What, ComponentDefinition Component)> Components() =>
    [
        ("Name", Component with { Name = "Other" }), ("Parent", Component with { Parent = new("p") }), ("Order", Component with { Order = 3 }),
        ("Description", Component with { Description = "x" }), ("Monitors", Component with { Monitors = [new("a")] }),
        ("Redundancy Members", Component with { Redundancy = new([new("a"), new("c")], 1) }),
        ("Redundancy Need", Component with { Redundancy = new([new("a"), new("b")], 2) }),
        ("OnlyShowIfDegraded", Component with { OnlyShowIfDegraded = true }), ("ShowUptime", Component with { ShowUptime = false }),
        ("Regions", Component with { Regions = ["eu", "us"] }), ("OnlyFor", Component with { OnlyFor = ["staff"] }),
    ];
}

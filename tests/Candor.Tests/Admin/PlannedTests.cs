using Candor.State;
using Candor.State.Maintenances;
using Candor.Tests.Access;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

public sealed class PlannedTests : IAsyncLifetime
{
    private static readonly (string, string)[] Once =
    [
        ("title", "New disks"), ("body", "Read-only meanwhile."), ("from", "2026-11-28T22:00"), ("until", "2026-11-28T23:00"), ("c:mail", "yes"), ("remind", "60"),
    ];

    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await StartAsync();

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Work_is_planned_by_the_clock_of_the_page()
    {
        var maintenance = await PlannedAsync();

        Assert.Equal(new DateTimeOffset(2026, 11, 28, 21, 0, 0, TimeSpan.Zero), maintenance.Plan.ScheduledFor);
        Assert.Equal([Told.Mail], maintenance.Plan.Components);
        Assert.True(maintenance.Plan is { StartsByItself: true, EndsByItself: true, MarksComponents: true, RestoresComponents: true, ExpectsOutage: null });
        Assert.Equal(TimeSpan.FromHours(1), maintenance.Plan.RemindBefore);
        Assert.Equal("maintenance.scheduled", Assert.Single(rig.World.Audit).Act);
    }

    [Fact]
    public async Task Work_that_comes_again_keeps_the_clock_of_its_zone()
    {
        var sent = await rig.FillAsync(
            await rig.GetAsync("/maintenance/new"), "#plan", Ada, [.. Once, ("rule", "own"), ("own_rule", "FREQ=MONTHLY;BYDAY=2TU"), ("zone", "America/New_York")]);

        Assert.Equal((303, "/maintenance"), (sent.Status, sent.Location));
        var series = Assert.Single(rig.World.Series.Values);
        Assert.Equal(("FREQ=MONTHLY;BYDAY=2TU", "America/New_York", TimeSpan.FromHours(1)), (series.Rule, series.Zone, series.Lasts));
        var page = await rig.GetAsync("/maintenance");
        await rig.FillAsync(page, "form[action$='/end']", Ada);
        Assert.False(rig.World.Series.Values.Single().IsOpen);
    }

    [Theory]
    [InlineData("until", "2026-11-28T21:00", "scheduled_until")]
    [InlineData("from", "soon", "scheduled_for")]
    [InlineData("body", " ", "body")]
    [InlineData("own_rule", "FREQ=SOMETIMES", "rule")]
    [InlineData("zone", "Mars/Olympus", "zone")]
    public async Task A_fault_stands_beside_its_field_and_everything_typed_comes_back(string name, string value, string field)
    {
        var again = name is "own_rule" or "zone" ? [("rule", "own"), ("own_rule", "FREQ=DAILY")] : Array.Empty<(string, string)>();
        var fields = Once.Concat(again).Where(one => one.Item1 != name).Append((name, value)).ToArray();

        var refused = await rig.FillAsync(await rig.GetAsync("/maintenance/new"), "#plan", Ada, fields);

        Assert.Equal(422, refused.Status);
        Assert.NotEmpty(refused.Words($"#wrong-{field}"));
        Assert.Equal("New disks", refused.Page.QuerySelector("#plan [name=title]")!.GetAttribute("value"));
        Assert.True(((AngleSharp.Html.Dom.IHtmlInputElement)refused.Page.QuerySelector("#plan [name='c:mail']")!).IsChecked);
        Assert.Empty(rig.World.Maintenances);
    }

    [Fact]
    public async Task It_is_begun_early_extended_watched_and_ended()
    {
        var id = (await PlannedAsync()).Id;
        await DoAsync("#work", ("status", "in_progress"), ("body", "We begin now."));
        Assert.Equal(MaintenanceStatus.InProgress, rig.World.Maintenances[id].Status);
        Assert.Equal(ComponentStatus.UnderMaintenance, rig.World.Components[Told.Mail].State.Status);

        await DoAsync("form[action$='/move']", ("until", "2026-11-29T01:00"));
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero), rig.World.Maintenances[id].Plan.ScheduledUntil);
        await DoAsync("#work", ("status", "verifying"), ("body", "Done; we watch it."));
        await DoAsync("#work", ("status", "completed"), ("body", "All is well."));
        Assert.Equal(MaintenanceStatus.Completed, rig.World.Maintenances[id].Status);

        async Task DoAsync(string form, params (string, string)[] fields)
        {
            var done = await rig.FillAsync(await rig.GetAsync($"/maintenance/{id}"), form, Ada, fields);
            Assert.True(done.Status == 303, done.Page.QuerySelector(".fault")?.TextContent);
        }
    }

    [Fact]
    public async Task Whoever_saw_an_older_one_is_told_and_keeps_the_text()
    {
        var id = (await PlannedAsync()).Id;
        var page = await rig.GetAsync($"/maintenance/{id}");
        await rig.FillAsync(page, "form[action$='/cancel']", Grace, ("reason", "The disks did not come."));

        var refused = await rig.FillAsync(page, "form[action$='/move']", Ada, ("until", "2026-11-29T01:00"));

        Assert.Equal(412, refused.Status);
        Assert.NotNull(rig.World.Maintenances[id].Cancelled);
        Assert.Contains("The disks did not come.", refused.Words(), StringComparison.Ordinal);
    }

    private async Task<Maintenance> PlannedAsync()
    {
        var sent = await rig.FillAsync(await rig.GetAsync("/maintenance/new"), "#plan", Ada, Once);
        Assert.True(sent.Status == 303, sent.Page.QuerySelector(".wrong")?.TextContent);
        return Assert.Single(rig.World.Maintenances.Values);
    }
}

using Candor.State;
using Candor.State.Maintenances;
using Candor.Tests.Access;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

/// <summary>What is planned is changed: a word of it, this one, this and later ones, all of them.</summary>
public sealed class PlanChangeTests : IAsyncLifetime
{
    private static readonly (string, string)[] Weekly =
    [
        ("title", "New disks"), ("body", "Read-only meanwhile."), ("from", "2026-11-28T22:00"), ("until", "2026-11-28T23:00"), ("c:mail", "yes"),
        ("rule", "FREQ=WEEKLY"), ("zone", "Europe/Berlin"),
    ];

    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await StartAsync();

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    private IReadOnlyList<Maintenance> Open => [.. rig.World.OpenMaintenances.Select(id => rig.World.Maintenances[id]).OrderBy(static one => one.Plan.ScheduledFor)];

    [Fact]
    public async Task A_word_is_put_right_and_what_it_said_before_stays()
    {
        await SeriesAsync();
        var id = Open[0].Id;
        var page = await rig.GetAsync($"/maintenance/{id}/updates/1");

        var done = await rig.FillAsync(page, "#edit", Ada, ("body", "Read-only for an hour."));

        Assert.Equal((303, $"/maintenance/{id}"), (done.Status, done.Location));
        var update = rig.World.Maintenances[id].Updates[0];
        Assert.Equal(("Read-only for an hour.", 1), (update.Body, update.Edits.Length));
        Assert.Contains("Edited 1 time", (await rig.GetAsync($"/maintenance/{id}")).Words(), StringComparison.Ordinal);
        Assert.Equal("maintenance.update.edited", rig.World.Audit[^1].Act);

        var refused = await rig.FillAsync(page, "#edit", Grace, ("body", "Something else."));
        Assert.Equal(412, refused.Status);
        Assert.Contains("Read-only for an hour.", refused.Words(".missed"), StringComparison.Ordinal);
        Assert.Contains("Something else.", refused.Words("#edit textarea"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_is_taken_away_with_a_reason()
    {
        await SeriesAsync();
        var id = Open[0].Id;

        await rig.FillAsync(await rig.GetAsync($"/maintenance/{id}/updates/1"), "form[action$='/remove']", Ada, ("reason", "It named a customer."));

        Assert.Equal("It named a customer.", rig.World.Maintenances[id].Updates[0].Removed?.Reason);
        Assert.Contains("not here any more", (await rig.GetAsync($"/maintenance/{id}/updates/1")).Words(), StringComparison.Ordinal);
        Assert.Equal(404, (await rig.GetAsync($"/maintenance/{id}/updates/2")).Status);
    }

    [Fact]
    public async Task This_one_alone_is_moved_and_renamed_and_its_series_goes_on_as_it_was()
    {
        await SeriesAsync();
        var (first, second) = (Open[0], Open[1]);

        var done = await rig.FillAsync(
            await rig.GetAsync($"/maintenance/{first.Id}/plan"), "#plan-one", Ada, ("title", "New disks and fans"), ("from", "2026-11-28T21:00"), ("c:api", "yes"));

        Assert.Equal(303, done.Status);
        var changed = rig.World.Maintenances[first.Id].Plan;
        Assert.Equal(("New disks and fans", first.Plan.ScheduledFor.AddHours(-1), first.Plan.ScheduledUntil), (changed.Title, changed.ScheduledFor, changed.ScheduledUntil));
        Assert.Equal([Told.Api, Told.Mail], changed.Components.Order(Comparer<ComponentId>.Create(static (a, b) => string.CompareOrdinal(a.Value, b.Value))));
        Assert.True(changed.SaysTheSame(first.Plan with { Title = changed.Title, ScheduledFor = changed.ScheduledFor, Components = changed.Components }));
        Assert.Equal(second.Plan, rig.World.Maintenances[second.Id].Plan);
        Assert.Equal("New disks", rig.World.Series.Values.Single().Plan.Title);
    }

    [Fact]
    public async Task This_and_later_ones_follow_and_those_before_stay_announced()
    {
        await SeriesAsync();
        var before = Open;
        var form = await rig.GetAsync($"/maintenance-series/{before[2].Series}?from={before[2].Id}");
        Assert.Equal("2026-12-12T22:00", form.Page.QuerySelector("#series-from [name=from]")!.GetAttribute("value"));

        var done = await rig.FillAsync(form, "#series-from", Ada, ("title", "New disks, slowly"), ("until", "2026-12-13T02:00"));

        Assert.Equal((303, "/maintenance"), (done.Status, done.Location));
        await AnnounceAsync();
        Assert.Equal(before.Select(static one => one.Id), Open.Select(static one => one.Id));
        Assert.Equal(["New disks", "New disks"], Open.Take(2).Select(static one => one.Plan.Title));
        Assert.All(Open.Skip(2), static one => Assert.Equal(("New disks, slowly", TimeSpan.FromHours(4)), (one.Plan.Title, one.Plan.ScheduledUntil - one.Plan.ScheduledFor)));
        Assert.Equal("series.changed", rig.World.Audit[^1].Act);
    }

    [Fact]
    public async Task All_of_them_follow_and_what_occurs_no_more_is_called_off()
    {
        await SeriesAsync();
        var before = Open;
        var form = await rig.GetAsync($"/maintenance-series/{before[0].Series}");

        await rig.FillAsync(form, "#series", Ada, ("rule", "FREQ=WEEKLY;INTERVAL=2"));

        await AnnounceAsync();
        Assert.Null(rig.World.Maintenances[before[0].Id].Cancelled);
        Assert.NotNull(rig.World.Maintenances[before[1].Id].Cancelled);
        Assert.All(Open.Zip(Open.Skip(1)), static pair => Assert.Equal(TimeSpan.FromDays(14), pair.Second.Plan.ScheduledFor - pair.First.Plan.ScheduledFor));
    }

    [Fact]
    public async Task Whoever_saw_an_older_series_is_told_and_keeps_the_text()
    {
        await SeriesAsync();
        var form = await rig.GetAsync($"/maintenance-series/{Open[0].Series}");
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.FillAsync(form, "#series", Grace, ("title", "Of Grace"));

        var refused = await rig.FillAsync(form, "#series", Ada, ("title", "Of Ada"));

        Assert.Equal(412, refused.Status);
        Assert.Equal("Of Ada", refused.Page.QuerySelector("#series [name=title]")!.GetAttribute("value"));
        Assert.Equal("Of Grace", rig.World.Series.Values.Single().Plan.Title);
    }

    [Fact]
    public async Task The_page_of_one_asks_which_of_them_is_meant()
    {
        await SeriesAsync();
        var page = await rig.GetAsync($"/maintenance/{Open[1].Id}");

        Assert.Equal(
            [$"/maintenance/{Open[1].Id}/plan", $"/maintenance-series/{Open[1].Series}?from={Open[1].Id}", $"/maintenance-series/{Open[1].Series}"],
            page.Page.QuerySelectorAll(".ways a").Select(static link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=10", 3, "FREQ=DAILY;COUNT=7")]
    [InlineData("FREQ=DAILY", 3, "FREQ=DAILY")]
    [InlineData("FREQ=DAILY;COUNT=2", 5, "FREQ=DAILY;COUNT=1")]
    public void A_rule_that_counts_counts_on(string rule, int skipped, string rest) =>
        Assert.Equal(rest, Candor.Admin.Planned.SeriesDecisions.WithoutFirst(rule, skipped));

    private async Task SeriesAsync()
    {
        var sent = await rig.FillAsync(await rig.GetAsync("/maintenance/new"), "#plan", Ada, Weekly);
        Assert.True(sent.Status == 303, sent.Page.QuerySelector(".wrong")?.TextContent);
        await AnnounceAsync();
        Assert.True(Open.Count >= 4);
    }

    /// <summary>What the clock of a running node makes of series.</summary>
    private Task AnnounceAsync() => rig.HappenAsync([.. MaintenanceClock.Due(rig.World, Cast.Now)]);
}

using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Access;
using Candor.Tests.Pages;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

/// <summary>Postmortems and templates.</summary>
public sealed class AfterwardsTests : IAsyncLifetime
{
    private static readonly IncidentId Id = new("over00000000");
    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await StartAsync(
        new IncidentOpened(Cast.Now, Id, "Mail was late", Cast.Now, false, true, "We look.", [new(Told.Mail, ComponentStatus.PartialOutage, Cast.Now)]),
        new IncidentUpdated(Cast.Now.AddMinutes(90), Id, 2, IncidentStatus.Resolved, "It works.", false, []));

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task The_first_draft_is_made_from_the_journal_and_no_reader_sees_it_until_it_is_published()
    {
        var page = await rig.GetAsync($"/incidents/{Id}/postmortem");
        Assert.Contains("1h 30m", page.Words(".facts"), StringComparison.Ordinal);
        var text = page.Page.QuerySelector("#postmortem textarea")!.TextContent;
        Assert.Contains("## Timeline", text, StringComparison.Ordinal);
        Assert.Contains("Mail: partial outage", text, StringComparison.Ordinal);

        await rig.FillAsync(page, "#postmortem", Ada, ("text", "## Summary\n\nA disk was full.\n\n## Root cause\n\nLogs."));
        Assert.True(rig.World.Postmortems[Id] is { IsPublic: false, Draft.Length: 2 });

        var draft = await rig.GetAsync($"/incidents/{Id}/postmortem");
        var fields = Fields(draft);
        Assert.Equal(303, (await rig.PostAsync($"/incidents/{Id}/postmortem/publish", Ada, fields)).Status);
        Assert.Equal("A disk was full.", rig.World.Postmortems[Id].Published[0].Body);
        Assert.Equal(["postmortem.drafted", "postmortem.published"], rig.World.Audit.Select(static one => one.Act));
    }

    [Fact(Skip = "needs the incident reports in ../shared/incidents", SkipWhen = nameof(SharedIncidents.Missing), SkipType = typeof(SharedIncidents))]
    public async Task The_report_of_a_lockout_is_written_with_it_without_losing_a_sentence()
    {
        // Its headings stand on lines of their own, without a full stop: what a person would mark as headings.
        var report = SharedIncidents.Read("2-account-lockout.recorder-2025-01-22.txt").ReplaceLineEndings("\n").Trim();
        var lines = report.Split('\n');
        var text = string.Join('\n', lines.Select((line, i) => i > 0 && line.Length < 40 && char.IsUpper(line[0]) && !".:".Contains(line[^1], StringComparison.Ordinal) ? $"## {line}" : line));
        await rig.FillAsync(await rig.GetAsync($"/incidents/{Id}/postmortem"), "#postmortem", Ada, ("text", text));

        Assert.Equal(303, (await rig.PostAsync($"/incidents/{Id}/postmortem/publish", Ada, Fields(await rig.GetAsync($"/incidents/{Id}/postmortem")))).Status);

        var published = rig.World.Postmortems[Id].Published;
        Assert.Equal(8, published.Length);
        var said = string.Join('\n', published.Select(static section => $"{section.Heading}\n{section.Body}"));
        Candor.Tests.Importing.Text.Told.KeepsEveryWord(report, said);
    }

    [Fact]
    public async Task Two_people_at_one_text_cannot_overwrite_each_other()
    {
        var page = await rig.GetAsync($"/incidents/{Id}/postmortem");
        await rig.FillAsync(page, "#postmortem", Grace, ("text", "## Summary\n\nOf Grace."));

        var refused = await rig.FillAsync(page, "#postmortem", Ada, ("text", "## Summary\n\nOf Ada."));

        Assert.Equal(412, refused.Status);
        Assert.Contains("Of Grace.", refused.Words("#missed"), StringComparison.Ordinal);
        Assert.Contains("Of Ada.", refused.Words("#postmortem textarea"), StringComparison.Ordinal);
        Assert.Equal(303, (await rig.FillAsync(refused, "#postmortem", Ada)).Status);
        Assert.Equal("Of Ada.", rig.World.Postmortems[Id].Draft[0].Body);
    }

    [Fact]
    public async Task Action_items_have_an_owner_and_a_day_and_are_done_or_dropped()
    {
        var page = await rig.GetAsync($"/incidents/{Id}/postmortem");
        await rig.FillAsync(page, "#action", Ada, ("text", "Rotate logs"), ("owner", "Platform"), ("due", "2026-12-24"));
        await rig.FillAsync(await rig.GetAsync($"/incidents/{Id}/postmortem"), "#action", Ada, ("text", "Buy disks"), ("due", "someday"));
        var action = Assert.Single(rig.World.Postmortems[Id].Actions).Item;
        Assert.Equal(("Rotate logs", "Platform", new DateOnly(2026, 12, 24)), (action.Text, action.Owner, action.DueOn));

        await rig.FillAsync(await rig.GetAsync($"/incidents/{Id}/postmortem"), "form[action$='/done']", Ada);
        Assert.NotNull(rig.World.Postmortems[Id].Actions[0].DoneAt);
        await rig.FillAsync(await rig.GetAsync($"/incidents/{Id}/postmortem"), "form[action$='/done']", Ada);
        await rig.FillAsync(await rig.GetAsync($"/incidents/{Id}/postmortem"), "form[action$='/drop']", Ada, ("reason", "Disks are large now."));
        Assert.Equal("Disks are large now.", rig.World.Postmortems[Id].Actions[0].Dropped?.Reason);
    }

    [Fact]
    public async Task A_template_is_written_picked_and_filled()
    {
        var blank = await rig.GetAsync("/templates/new");
        var wrong = await rig.FillAsync(blank, "#template", Ada, ("name", "Slow"), ("title", "{{component}} is slow"), ("body", "Since {{when}}."), ("c:mail", "degraded_performance"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("{{now}}", wrong.Words("#wrong-body"), StringComparison.Ordinal);
        await rig.FillAsync(wrong, "#template", Ada, ("body", "Since {{now | time}} {{component}} is slow."));

        var (id, _) = Assert.Single(rig.World.Templates);
        var filled = await rig.GetAsync($"/incidents/new?template={id}");
        Assert.Equal(
            ("Mail is slow", "Since 10:00 UTC+1 Mail is slow.", "degraded_performance"),
            (filled.Field("title"), filled.Field("body"), filled.Field("c:mail")));

        await rig.FillAsync(await rig.GetAsync($"/templates/{id}"), "form[action$='/remove']", Ada);
        Assert.Empty(rig.World.Templates);
    }

    private static (string, string)[] Fields(Answer page) =>
    [
        ("text", page.Page.QuerySelector("#postmortem textarea")!.TextContent),
        .. page.Page.QuerySelectorAll("#postmortem input[type=hidden]").Select(static input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? "")).Where(static one => one.Item1 != "form_token"),
    ];
}

using Candor.SystemTests.Browser;
using Microsoft.Playwright;

namespace Candor.SystemTests.Rooms;

/// <summary>An incident as a person runs it in a browser: on a phone, by keys, with another person, with a bad connection.</summary>
public sealed class IncidentRoomTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";

    private const string Settings =
        """
        page: { name: Heron Copier, time_zone: UTC }
        components:
          - name: Frontend
            components: [{ name: Homepage, monitors: [door] }, { name: Sign-in }]
          - name: Mail
            regions: [us, eu]
        monitors:
          door: { tcp: "127.0.0.1:9", every: 2s, timeout: 1s }
        egress: { allow: [127.0.0.0/8] }
        incidents: { automatic: off }
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task From_the_set_up_to_the_last_action_item_on_a_phone()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.ComeAsync(chromium, candor);
        await ada.AddAuthenticatorAsync();
        await ada.BecomeOwnerAsync(Ct);
        await ada.Page.GetByLabel("Name of the device").FillAsync("Ada's phone");
        await ada.PressAsync("Add a passkey");
        await ada.Page.GetByText("Ada's phone").First.WaitForAsync();
        await ada.PressAsync("Sign out");
        await ada.GoAsync("/");
        await ada.PressAsync("Sign in with a passkey");
        await ada.Page.ArriveAtAsync("/now");
        await ada.LooksRightAsync("front");

        await ada.Page.GetByText("Open an incident").ClickAsync();
        await ada.LooksRightAsync("new");
        await ada.Page.GetByLabel("Title").FillAsync("Sign-in fails");
        await ada.Page.GetByLabel("What readers should know").FillAsync("About **half** of all attempts to sign in fail.");
        await ada.Page.GetByLabel("Sign-in").SelectOptionAsync("partial_outage");
        await ada.Page.GetByText("30 min").ClickAsync();
        await ada.Page.Locator("#preview strong").GetByText("half").WaitForAsync();
        await ada.Page.Locator("#preview").GetByText("Next update by").WaitForAsync();
        await ada.LooksRightAsync("new-preview");
        Assert.DoesNotContain("Sign-in fails", await candor.TextAsync("/", Ct), StringComparison.Ordinal);
        await ada.PressAsync("Open and publish");

        await ada.Page.Locator("#timeline").WaitForAsync();
        await Patience.UntilAsync(
            async () => (await candor.TextAsync("/", Ct)).Contains("About <strong>half</strong>", StringComparison.Ordinal), Soon, () => candor.Log, Ct);
        await ada.LooksRightAsync("incident");
        await ada.Page.GetByText("Identified", new() { Exact = true }).ClickAsync();
        await ada.SayAsync("A certificate ran out; a new one is on its way.");
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#timeline").GetByText("A certificate ran out").WaitForAsync();

        await ada.Page.GetByText("Resolved", new() { Exact = true }).ClickAsync();
        await ada.Page.GetByText("All affected components work again").ClickAsync();
        await ada.SayAsync("Signing in works again.");
        await ada.Page.Keyboard.PressAsync("Control+Enter");
        await ada.Page.Locator("#timeline").GetByText("Signing in works again.").WaitForAsync();

        await candor.UntilAsync(
            "/api/v2/incidents.json", static told => told.GetProperty("incidents")[0].GetProperty("status").GetString() == "resolved", Soon, Ct);
        var incident = (await candor.JsonAsync("/api/v2/incidents.json", Ct)).GetProperty("incidents")[0];
        Assert.Equal(
            ["resolved", "identified", "investigating"],
            incident.GetProperty("incident_updates").EnumerateArray().Select(static update => update.GetProperty("status").GetString()));
        await ada.LooksRightAsync("resolved");

        await ada.Page.GetByText("Write the postmortem").ClickAsync();
        var text = ada.Page.GetByLabel("Text");
        Assert.Contains("## Timeline", await text.InputValueAsync(), StringComparison.Ordinal);
        await text.FillAsync("## Summary\n\nA certificate ran out.\n\n## Root cause\n\nNobody renewed it.");
        await ada.Page.Locator("#preview").GetByText("Nobody renewed it.").WaitForAsync();
        await ada.LooksRightAsync("postmortem");
        await ada.PressAsync("Publish it");
        // Not by "Published": the tick beside the button says the word too, before the page is a new one.
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Publish what changed" }).WaitForAsync();
        await ada.Page.GetByLabel("What", new() { Exact = true }).FillAsync("Watch when certificates run out");
        await ada.Page.GetByRole(AriaRole.Textbox, new() { Name = "Who a team or a role" }).FillAsync("Platform");
        await ada.PressAsync("Add it");
        await ada.Page.GetByText("Watch when certificates run out").First.WaitForAsync();
        await ada.LooksRightAsync("actions");
        var id = incident.GetProperty("id").GetString();
        await Patience.UntilAsync(
            async () => await candor.TextAsync($"/incidents/{id}", Ct) is var page
                && page.Contains("Nobody renewed it.", StringComparison.Ordinal) && page.Contains("Watch when certificates run out", StringComparison.Ordinal),
            Soon, () => candor.Log, Ct);

        await ada.GoAsync("/audit?act=incident");
        Assert.Contains("incident.opened by Ada", await ada.TextAsync(), StringComparison.Ordinal);
        await ada.LooksRightAsync("audit");
        foreach (var (path, picture) in new[] { ("/incidents", "list"), ("/maintenance/new", "plan"), ("/templates/new", "template"), ("/maintenance", "maintenance") })
        {
            await ada.GoAsync(path);
            await ada.LooksRightAsync(picture);
        }

        Assert.Empty(ada.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Two_people_in_one_incident_see_each_other_and_cannot_overwrite()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, width: 1280);
        await using var grace = await ada.InviteAsync("Grace", "responder");
        var room = await ada.OpenAsync("Mail is late", "Some mail waits.");
        await ada.Page.GotoAsync(room);
        await grace.Page.GotoAsync(room);
        await ada.Page.GetByText("Grace is here too").WaitForAsync(new() { Timeout = 20_000 });
        await grace.SayAsync("I write at length about");
        await ada.Page.GetByText("Grace is here too and writes something").WaitForAsync(new() { Timeout = 20_000 });

        await ada.SayAsync("It was a full disk.");
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#timeline").GetByText("It was a full disk.").WaitForAsync();
        await grace.PressAsync("Publish");
        await grace.Page.Locator("#missed").GetByText("It was a full disk.").WaitForAsync();
        Assert.Equal("I write at length about", await grace.Page.GetByLabel("What readers should know").InputValueAsync());
        Assert.Equal(1, await grace.Page.Locator("#timeline").GetByText("It was a full disk.").CountAsync());
        await grace.LooksRightAsync("conflict");
        await grace.PressAsync("Publish");
        await grace.Page.Locator("#timeline").GetByText("I write at length about").WaitForAsync();
        Assert.Empty(grace.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task A_lost_connection_costs_no_word_and_says_none_twice()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct);
        await ada.Page.GotoAsync(await ada.OpenAsync("Mail is late", "Some mail waits."));

        // Mid-text: the browser goes away, and comes back with everything.
        await ada.SayAsync("Half a sent");
        await ada.Page.ReloadAsync();
        await ada.Page.GetByText("Your draft is back").WaitForAsync();
        Assert.Equal("Half a sent", await ada.Page.GetByLabel("What readers should know").InputValueAsync());

        // Mid-send: the request arrives, its answer does not.
        await ada.SayAsync("The backlog is being sent.");
        var (cut, arrived) = (0, 0);
        await ada.Page.RouteAsync("**/updates", async route =>
        {
            if (cut++ == 0)
            {
                arrived = (await route.FetchAsync(new() { MaxRedirects = 0 })).Status;
            }

            await (cut <= 2 ? route.AbortAsync() : route.ContinueAsync());
        });
        await ada.PressAsync("Publish");
        await ada.Page.GetByText("it is sent again by itself").WaitForAsync();
        await ada.Page.Locator("#timeline").GetByText("The backlog is being sent.").WaitForAsync(new() { Timeout = 20_000 });

        Assert.Equal((3, 303), (cut, arrived));
        Assert.Equal(1, await ada.Page.Locator("#timeline").GetByText("The backlog is being sent.").CountAsync());
        Assert.Equal("", await ada.Page.GetByLabel("What readers should know").InputValueAsync());
        Assert.Equal(0, await ada.Page.GetByText("Your draft is back").CountAsync());
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task By_keys_alone()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, width: 1280);
        await ada.GoAsync("/now");
        var keys = ada.Page.Keyboard;
        await keys.PressAsync("?");
        await ada.Page.GetByRole(AriaRole.Dialog).GetByText("publish").WaitForAsync();
        await keys.PressAsync("Escape");

        await keys.PressAsync("n");
        await ada.Page.ArriveAtAsync("/incidents/new");
        await UntilFocusedAsync(ada, "title");
        await keys.TypeAsync("Sign-in fails");
        await UntilFocusedAsync(ada, "status");
        await keys.PressAsync("ArrowRight");
        await UntilFocusedAsync(ada, "body");
        await keys.TypeAsync("We know why.");
        await UntilFocusedAsync(ada, "next");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("Control+Enter");
        await ada.Page.Locator("#timeline").GetByText("We know why.").WaitForAsync();
        Assert.Contains("Identified", await ada.TextAsync("#timeline"), StringComparison.Ordinal);
        Assert.Contains("Next update by", await ada.TextAsync("#now"), StringComparison.Ordinal);

        await keys.PressAsync("u");
        await keys.TypeAsync("More is known.");
        await keys.PressAsync("Control+Enter");
        await ada.Page.Locator("#timeline").GetByText("More is known.").WaitForAsync();

        // To the end as well: back to the status, on to the last one, and published by the same key.
        await keys.PressAsync("u");
        await keys.TypeAsync("It works again.");
        await UntilFocusedAsync(ada, "status", "Shift+Tab");
        for (var step = 0; step < 6 && await ada.Page.EvaluateAsync<string?>("() => document.activeElement?.value") != "resolved"; step++)
        {
            await keys.PressAsync("ArrowRight");
        }

        await keys.PressAsync("Control+Enter");
        await ada.Page.Locator("#timeline").GetByText("It works again.").WaitForAsync();
        Assert.Contains("Resolved", await ada.TextAsync("#now"), StringComparison.Ordinal);
        await ada.LooksRightAsync("wide");
        await ada.GoAsync("/now");
        await ada.LooksRightAsync("front-wide");
        Assert.Empty(ada.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Without_JavaScript_an_incident_is_run_all_the_same()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, javaScript: false);
        await ada.GoAsync("/incidents/new");
        await ada.Page.GetByLabel("Title").FillAsync("Mail is late");
        await ada.SayAsync("Some *mail* waits.");
        await ada.PressAsync("Show what the page will say");
        Assert.Equal("mail", await ada.Page.InnerTextAsync("#preview .text em"));
        Assert.Equal("Some *mail* waits.", await ada.Page.GetByLabel("What readers should know").InputValueAsync());
        await ada.PressAsync("Open and publish");
        await ada.SayAsync("It is sent.");
        await ada.Page.GetByLabel("Resolved").CheckAsync();
        await ada.PressAsync("Publish");

        Assert.Contains("It is sent.", await ada.TextAsync("#timeline"), StringComparison.Ordinal);
        Assert.Contains("Resolved", await ada.TextAsync("#now"), StringComparison.Ordinal);
    }

    /// <summary>Tabs on, as a person without a mouse does, until a field has the focus.</summary>
    private static async Task UntilFocusedAsync(Operator person, string name, string key = "Tab")
    {
        for (var tabs = 0; tabs < 60; tabs++)
        {
            if (await person.Page.EvaluateAsync<string?>("() => document.activeElement?.name") == name)
            {
                return;
            }

            await person.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"No way leads to {name} by keys.");
    }
}

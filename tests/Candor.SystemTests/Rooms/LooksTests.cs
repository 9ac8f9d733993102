using System.Text.RegularExpressions;
using Candor.SystemTests.Browser;
using Candor.SystemTests.Posting;
using Microsoft.Playwright;

namespace Candor.SystemTests.Rooms;

/// <summary>Every page of operators, and the ways into private pages, on a phone and on a desk, in both schemes: no wider than the screen, and clean for axe.</summary>
public sealed partial class LooksTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";
    private const int Desk = 1280;

    private const string Settings =
        """
        page: { name: Heron Copier, time_zone: UTC }
        audiences:
          staff: { password: $STAFF_PASSWORD, links: true, members: true }
        components:
          - name: Frontend
            components: [{ name: Homepage, monitors: [door] }, { name: Sign-in }]
          - name: Mail
            regions: [us, eu]
          - { name: Vault, only_for: [staff] }
        monitors:
          door: { tcp: "127.0.0.1:9", every: 2s, timeout: 1s }
        egress: { allow: [127.0.0.0/8] }
        incidents: { automatic: off }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static CandorOptions Options => new()
    {
        Settings = Settings, Environment = new Dictionary<string, string> { ["STAFF_PASSWORD"] = "correct horse battery" },
    };

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Every_page_of_operators_at_both_widths()
    {
        await using var candor = await CandorProcess.StartAsync(Options, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct);
        foreach (var (path, picture) in new[]
        {
            ("/now", "empty-now"), ("/incidents", "empty-incidents"), ("/maintenance", "empty-maintenance"), ("/templates", "empty-templates"),
        })
        {
            await LookAsync(ada, path, picture);
        }

        await ada.OpenAsync("Mail is late for a part of all customers in Europe", "Some mail waits. **Nothing** is lost.");
        var room = new Uri(ada.Page.Url).AbsolutePath;
        await ada.SayAsync("A disk was full; it is being cleaned, and the backlog will be sent within the hour.");
        await ada.Page.GetByText("Identified", new() { Exact = true }).ClickAsync();
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#timeline").GetByText("A disk was full").WaitForAsync();
        await PlanAsync(ada);
        foreach (var (path, picture) in new[]
        {
            ("/now", "now"), ("/incidents", "incidents"), ("/incidents/new", "compose"), (room, "room"), (room + "/updates/1", "edit"), (room + "/postmortem", "write-up"),
            ("/maintenance", "planned"), ("/maintenance/new", "plan-form"), ("/templates/new", "template-form"), ("/go", "go"), ("/account", "account"),
            ("/people", "people"), ("/tokens", "tokens"), ("/readers", "readers"), ("/audit", "audit-all"), ("/places", "places"),
        })
        {
            await LookAsync(ada, path, picture);
        }

        await ada.GoAsync("/maintenance");
        await ada.Page.Locator("main ul.list a").First.ClickAsync();
        var planned = new Uri(ada.Page.Url).AbsolutePath;
        await LookAsync(ada, planned, "planned-one");
        await LookAsync(ada, planned + "/updates/1", "planned-edit");
        foreach (var (link, picture) in new[] { ("this one", "change-one"), ("this and later ones", "change-later"), ("all of them", "change-all") })
        {
            await ada.GoAsync(planned);
            await ada.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
            await LookAsync(ada, new Uri(ada.Page.Url).PathAndQuery, picture);
        }

        Assert.Empty(ada.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task The_way_into_a_private_page_at_both_widths()
    {
        await using var candor = await CandorProcess.StartAsync(
            Options with { Settings = Settings.Replace("time_zone: UTC", "time_zone: UTC, only_for: [staff]", StringComparison.Ordinal) }, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct);
        await ada.GoAsync("/readers");
        var readers = $"http://localhost:{candor.Address.Port}";
        foreach (var (path, picture) in new[] { ("/", "private"), ("/sign-in", "way-in"), ("/sign-out", "way-out"), ("/enter/not-a-link-at-all", "no-link"), ("/nowhere", "private-nowhere") })
        {
            foreach (var width in new[] { Operator.Phone, Desk })
            {
                await ada.Page.SetViewportSizeAsync(width, 740);
                await ada.Page.GotoAsync(readers + path);
                await ada.LooksRightAsync(picture, width);
                Assert.DoesNotContain("Connection lost", await ada.Page.InnerTextAsync("body"), StringComparison.Ordinal);
            }
        }

        // The way in is for readers: nothing of the operators' rooms is told in it.
        await ada.Page.GotoAsync(readers + "/sign-in");
        var source = await ada.Page.ContentAsync();
        Assert.DoesNotMatch(OfOperators(), source);
        Assert.True(source.Length < 18_000, $"{source.Length} characters for a form.");
        Assert.Empty(ada.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task The_palette_goes_anywhere_by_keys_and_tells_screen_readers_what_is_chosen()
    {
        await using var candor = await CandorProcess.StartAsync(Options, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, width: Desk);
        await ada.OpenAsync("Mail is late", "Some mail waits.");
        var room = ada.Page.Url;
        await ada.GoAsync("/account");
        var keys = ada.Page.Keyboard;
        await keys.PressAsync("Control+k");
        var input = ada.Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to" });
        await ada.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await ada.LooksRightAsync("palette");

        Assert.Contains("Mail is late", await ChosenAsync(), StringComparison.Ordinal);
        await keys.PressAsync("ArrowDown");
        Assert.Contains("Open an incident", await ChosenAsync(), StringComparison.Ordinal);
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("ArrowUp");
        Assert.DoesNotContain("Mail is late: open", await ChosenAsync(), StringComparison.Ordinal);
        await keys.TypeAsync("late open");
        Assert.Equal("1 place", await ada.Page.Locator("#palette [role=status]").TextContentAsync());
        Assert.Equal("true", await input.GetAttributeAsync("aria-expanded"));
        await keys.PressAsync("Enter");
        await ada.Page.ArriveAtAsync(new Uri(room).PathAndQuery);

        // In the room its own acts are there as well; Escape leaves everything as it was.
        await ada.Page.GetByLabel("What readers should know").FillAsync("Half a sent");
        await keys.PressAsync("Control+k");
        await ada.Page.GetByRole(AriaRole.Option, new() { Name = "Write an update" }).WaitForAsync();
        await keys.PressAsync("Escape");
        await ada.Page.Locator("#palette").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal("Half a sent", await ada.Page.GetByLabel("What readers should know").InputValueAsync());

        await ada.PressAsync("Save as a template");
        await ada.Page.ArriveAtAsync("/templates/draft");
        Assert.Equal("Half a sent", await ada.Page.Locator("#template textarea").InputValueAsync());
        await ada.Page.Locator("#template [name=name]").FillAsync("Late mail");
        await ada.PressAsync("Save");
        await ada.Page.ArriveAtAsync("/templates");
        await keys.PressAsync("Control+k");
        await ada.Page.GetByRole(AriaRole.Option, new() { Name = "Open an incident: Late mail" }).ClickAsync();
        await ada.Page.ArriveAtAsync("/incidents/new?template=*");
        Assert.Equal("Half a sent", await ada.Page.GetByLabel("What readers should know").InputValueAsync());
        Assert.Empty(ada.Complaints);

        async Task<string> ChosenAsync() =>
            await ada.Page.EvaluateAsync<string>("() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? ''");
    }

    private static async Task PlanAsync(Operator ada)
    {
        await ada.GoAsync("/maintenance/new");
        await ada.Page.Locator("#plan [name=title]").FillAsync("New disks");
        await ada.Page.Locator("#plan [name=body]").FillAsync("Mail is read-only meanwhile.");
        var from = DateTimeOffset.UtcNow.AddDays(2);
        await ada.Page.Locator("#plan [name=from]").FillAsync(from.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await ada.Page.Locator("#plan [name=until]").FillAsync(from.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await ada.Page.GetByText("It comes again").First.ClickAsync();
        await ada.Page.Locator("#plan [name=rule]").SelectOptionAsync("FREQ=WEEKLY");
        await ada.PressAsync("Announce it");
        await ada.Page.ArriveAtAsync("/maintenance");
        await Patience.UntilAsync(
            async () =>
            {
                await ada.GoAsync("/maintenance");
                return await ada.Page.Locator("main ul.list a[href^='/maintenance/']").CountAsync() > 1;
            },
            TimeSpan.FromSeconds(20), () => "The series was not announced.", Ct);
    }

    private static async Task LookAsync(Operator ada, string path, string picture)
    {
        foreach (var width in new[] { Operator.Phone, Desk })
        {
            await ada.Page.SetViewportSizeAsync(width, 740);
            await ada.GoAsync(path);
            await ada.LooksRightAsync(picture, width);
        }
    }

    [GeneratedRegex("#palette|\\.composer|\\.statuses|admin-assets", RegexOptions.None, 1000)]
    private static partial Regex OfOperators();
}

using System.Net;
using Candor.SystemTests.Browser;
using Candor.Tests.Attachments;
using Microsoft.Playwright;

namespace Candor.SystemTests.Rooms;

/// <summary>Pictures and logs with an update, as people attach them and readers see them.</summary>
public sealed class AttachedFilesTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";

    private const string Settings = """
        page: { name: Heron Copier, time_zone: UTC }
        components:
          - name: Mail
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Files_come_in_while_somebody_writes_over_a_cut_and_go_again_when_they_are_taken_away(int width)
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, width);
        var room = await ada.OpenAsync("Mail is late", "We are looking.");
        var cuts = 0;
        await ada.Page.RouteAsync("**/uploads/*", route => cuts++ == 0 ? route.AbortAsync() : route.ContinueAsync());
        await ada.Page.SetInputFilesAsync("[name=file]",
        [
            new FilePayload { Name = "queue.png", MimeType = "image/png", Buffer = Drawn.Png(600, 300) },
            new FilePayload { Name = "app.log", MimeType = "text/plain", Buffer = new byte[700_000].Select(static _ => (byte)'x').ToArray() },
            new FilePayload { Name = "page.png", MimeType = "image/png", Buffer = "<script>alert(1)</script>"u8.ToArray() },
        ]);
        await ada.Page.Locator("#uploads .wrong").GetByText("name it for what it is").WaitForAsync();
        await ada.Page.Locator("#uploads li").Filter(new() { HasText = "page.png" }).GetByRole(AriaRole.Button).ClickAsync();
        await ada.Page.Locator("#uploads li").Filter(new() { HasText = "queue.png" }).GetByLabel("What it shows").FillAsync("The queue, growing since nine");
        await ada.SayAsync("The queue grows; see the chart.");
        await ada.Page.Locator("#preview img[alt='The queue, growing since nine']").WaitForAsync();
        await ada.LooksRightAsync("files-composer");
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#timeline").GetByText("see the chart").WaitForAsync();
        Assert.True(cuts > 1, "The connection was never cut.");
        await ada.Page.Locator("#timeline img").ScrollIntoViewIfNeededAsync();
        await ada.Page.WaitForFunctionAsync("() => document.querySelector('#timeline img').naturalWidth === 600");
        await ada.LooksRightAsync("files-room");

        var id = room[(room.LastIndexOf('/') + 1)..];
        await Patience.UntilAsync(async () => (await candor.TextAsync($"/incidents/{id}", Ct)).Contains("app.log", StringComparison.Ordinal), Soon, () => candor.Log, Ct);
        await using var reader = await Operator.ComeAsync(chromium, candor, width);
        await reader.Page.GotoAsync(new Uri(candor.Address, $"/incidents/{id}").ToString());
        var picture = reader.Page.GetByAltText("The queue, growing since nine");
        await picture.ScrollIntoViewIfNeededAsync();
        await reader.Page.WaitForFunctionAsync("() => document.querySelector('.files img').naturalWidth === 600");
        Assert.Equal(("600", "300", "lazy"), (await picture.GetAttributeAsync("width"), await picture.GetAttributeAsync("height"), await picture.GetAttributeAsync("loading")));
        await reader.LooksRightAsync("files-page");
        Assert.Empty(reader.Complaints);

        var address = await picture.GetAttributeAsync("src");
        await ada.Page.Locator("#timeline").GetByLabel("Edit or remove update 2").ClickAsync();
        await ada.LooksRightAsync("files-edit");
        await ada.Page.Locator(".doing").Filter(new() { HasText = "queue.png" }).GetByRole(AriaRole.Button).ClickAsync();
        await ada.Page.Locator("#timeline").WaitForAsync();
        await Patience.UntilAsync(
            async () =>
            {
                using var gone = await candor.Http.GetAsync(address, Ct);
                return gone.StatusCode == HttpStatusCode.NotFound;
            },
            Soon, () => candor.Log, Ct);
        Assert.Contains("see the chart", await candor.TextAsync($"/incidents/{id}", Ct), StringComparison.Ordinal);
        Assert.Empty(ada.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Words_wait_for_no_file_that_does_not_arrive_and_go_without_one_that_was_refused_only_when_asked_again()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct);
        var room = await ada.OpenAsync("Mail is late", "We are looking.");
        var (hangs, underWay, atOnce) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0, 0);
        await ada.Page.RouteAsync("**/uploads/*", async route =>
        {
            atOnce = Math.Max(atOnce, Interlocked.Increment(ref underWay));
            await hangs.Task;
            Interlocked.Decrement(ref underWay);
            await route.ContinueAsync();
        });
        var rows = ada.Page.Locator("#uploads li");
        var log = new FilePayload { Name = "app.log", MimeType = "text/plain", Buffer = "It broke."u8.ToArray() };
        var page = new FilePayload { Name = "page.png", MimeType = "image/png", Buffer = "<script>"u8.ToArray() };
        await ada.Page.SetInputFilesAsync("[name=file]", [log, page]);
        await ada.SayAsync("The first words.");
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#sending").GetByText("Waiting for app.log, page.png").WaitForAsync();
        await ada.LooksRightAsync("files-waiting");
        await rows.Filter(new() { HasText = "page.png" }).GetByRole(AriaRole.Button).ClickAsync();
        await ada.PressAsync("Publish without the files");
        await ada.Page.Locator("#timeline").GetByText("The first words.").WaitForAsync();
        Assert.Equal((room, 1), (ada.Page.Url, atOnce));

        hangs.SetResult();
        await ada.Page.SetInputFilesAsync("[name=file]", [page, log]);
        await ada.SayAsync("The second words.");
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#sending").GetByText("Not published yet: page.png would not be there.").WaitForAsync();
        Assert.DoesNotContain("The second words.", await ada.Page.Locator("#timeline").InnerTextAsync(), StringComparison.Ordinal);
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#timeline").GetByText("The second words.").WaitForAsync();
        await ada.Page.Locator("#timeline").GetByText("app.log").WaitForAsync();
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task On_a_line_on_which_a_chunk_does_not_arrive_in_its_time_smaller_ones_are_sent()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct);
        await ada.Page.Clock.InstallAsync();
        await ada.OpenAsync("Mail is late", "We are looking.");
        var sizes = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await ada.Page.RouteAsync("**/uploads/*", async route =>
        {
            sizes.Enqueue(route.Request.PostDataBuffer!.Length);
            if (sizes.Count > 2)
            {
                await route.ContinueAsync();
            }
        });
        await ada.Page.SetInputFilesAsync(
            "[name=file]", new FilePayload { Name = "app.log", MimeType = "text/plain", Buffer = new byte[600_000].Select(static _ => (byte)'x').ToArray() });
        foreach (var sent in (int[])[1, 2])
        {
            await Patience.UntilAsync(() => Task.FromResult(sizes.Count == sent), Soon, () => candor.Log, Ct);
            await ada.Page.Clock.FastForwardAsync("01:01");
        }

        await ada.Page.Locator("#uploads progress").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal([512 * 1024, 256 * 1024, 128 * 1024], sizes.Take(3));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Without_a_script_a_file_goes_with_the_form_and_is_there_again_when_the_form_comes_back()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct, javaScript: false);
        var room = await ada.OpenAsync("Mail is late", "We are looking.");
        await ada.SayAsync("See the log.");
        await ada.Page.SetInputFilesAsync("[name=file]", new FilePayload { Name = "chart.png", MimeType = "image/png", Buffer = Drawn.Png(20, 10) });
        await ada.Page.Locator("[name=file_alt]").FillAsync("A chart");
        await ada.PressAsync("Show what the page will say");
        await ada.Page.Locator("#uploads").GetByText("chart.png").WaitForAsync();
        await ada.PressAsync("Publish");
        await ada.Page.Locator("#timeline img[alt='A chart']").WaitForAsync();

        await ada.SayAsync("And this.");
        await ada.Page.SetInputFilesAsync("[name=file]", new FilePayload { Name = "page.png", MimeType = "image/png", Buffer = "<html>"u8.ToArray() });
        await ada.PressAsync("Publish");
        await ada.Page.Locator(".wrong").GetByText("name it for what it is").WaitForAsync();
        Assert.Equal("And this.", await ada.Page.GetByLabel("What readers should know").InputValueAsync());
        Assert.DoesNotContain("page.png", await candor.TextAsync($"/incidents/{room[(room.LastIndexOf('/') + 1)..]}", Ct), StringComparison.Ordinal);
    }
}

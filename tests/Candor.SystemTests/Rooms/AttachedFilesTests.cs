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

using System.Globalization;
using Candor.SystemTests.Browser;
using Candor.Tests.Contracts;

namespace Candor.SystemTests.Notices;

/// <summary>Subscribing as a reader does it on a phone, without JavaScript and with, and what operators see of it.</summary>
public sealed class SubscribePagesTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";
    private const string Ada = "ada@example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_the_form_to_the_deleted_address_on_a_phone(bool javaScript)
    {
        await using var server = new SmtpStub();
        await using var candor = await StartAsync(server);
        await using var reader = await Operator.ComeAsync(chromium, candor, javaScript: javaScript);
        await reader.Page.GotoAsync(At(candor, "/"));
        await reader.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Subscribe" }).ClickAsync();
        await reader.Page.GetByText("Choose what you are told").First.ClickAsync();
        await LooksAsync(reader, "subscribe", javaScript);
        await reader.Page.GetByLabel("E-mail address").FillAsync("Ada@Example.com");
        await reader.Page.Locator("#by-email ~ form").GetByLabel("Homepage").CheckAsync();
        await reader.PressAsync("Subscribe");
        await reader.Page.GetByText("One more step").WaitForAsync();
        await LooksAsync(reader, "asked", javaScript);

        var link = Assert.Single(ReaderDesk.LinksOf(await MailAsync(server, candor, 1)));
        await reader.Page.GotoAsync(At(candor, link));
        await LooksAsync(reader, "confirm", javaScript);
        Assert.True(await reader.Page.GetByLabel("Homepage").IsCheckedAsync());
        await reader.PressAsync("Confirm");
        await reader.Page.GetByText("You are told from now on").WaitForAsync();
        await LooksAsync(reader, "manage", javaScript);
        await reader.Page.GetByLabel("Mail").CheckAsync();
        await reader.Page.GetByLabel("Your time zone").FillAsync("Mars/Base");
        await reader.PressAsync("Save");
        await reader.Page.GetByText("is no time zone").WaitForAsync();
        await LooksAsync(reader, "fault", javaScript);
        await reader.Page.GetByLabel("Your time zone").FillAsync("Europe/Berlin");
        await reader.PressAsync("Save");
        await reader.Page.GetByText("Saved.").WaitForAsync();
        await reader.PressAsync("Unsubscribe");
        await reader.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Subscribe again" }).WaitForAsync();
        await reader.PressAsync("Delete my address");
        await reader.Page.GetByText("are destroyed").WaitForAsync();
        Assert.Empty(reader.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task An_operator_brings_a_list_and_sees_what_was_sent_to_one()
    {
        await using var server = new SmtpStub();
        await using var candor = await StartAsync(server);
        await using var ada = await Operator.OwnerAsync(chromium, candor, Ct);
        await ada.GoAsync("/subscribers");
        await ada.LooksRightAsync("subscribers-empty");
        await ada.Page.GetByLabel("A list in commas").FillAsync("address,components\nada@example.com,Homepage\nteam@example.com,\nnobody,\n");
        await ada.PressAsync("See what would happen");
        await ada.Page.GetByText("Line 4").WaitForAsync();
        await ada.LooksRightAsync("subscribers-preview");
        await ada.Page.GetByText("Leave bad rows out").ClickAsync();
        await ada.PressAsync("See what would happen");
        await ada.PressAsync("Enter 2 subscribers");
        await ada.Page.GetByText("Entered 2 new").WaitForAsync();
        Assert.Empty(server.Mails);

        await ada.GoAsync("/subscribers?q=ADA@");
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = Ada }).ClickAsync();
        await ada.PressAsync("Send a test");
        await ada.Page.GetByText("Handed over. Their side said: 250").WaitForAsync();
        await ada.PressAsync("Remind of what is due");
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Remind no more" }).WaitForAsync();
        await ada.LooksRightAsync("subscriber-tested");
        await ada.GoAsync("/subscribers");
        await ada.Page.GetByLabel("Address", new() { Exact = true }).FillAsync("nobody");
        await ada.PressAsync("Send a test");
        await ada.Page.GetByText("This is no mail address").WaitForAsync();
        Assert.Equal("nobody", await ada.Page.GetByLabel("Address", new() { Exact = true }).InputValueAsync());
        await ada.LooksRightAsync("subscribers-test");
        await ada.GoAsync("/subscribers?q=ADA@");
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = Ada }).ClickAsync();
        await ada.PressAsync("Send the link again");
        await MailAsync(server, candor, 2);
        await Patience.UntilAsync(
            async () =>
            {
                await ada.Page.ReloadAsync();
                return (await ada.TextAsync()).Contains("Their side said: 250", StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        await ada.LooksRightAsync("subscriber");
        await ada.Page.GetByText("Erase the address for good").ClickAsync();
        await ada.LooksRightAsync("subscriber-erasing");
        await ada.PressAsync("Erase it");
        await ada.Page.ArriveAtAsync("/subscribers");
        Assert.DoesNotContain(Ada, await ada.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>axe is a script, so it looks where scripts run.</summary>
    private static Task LooksAsync(Operator reader, string picture, bool javaScript) =>
        javaScript ? reader.LooksRightAsync("reader-" + picture) : Task.CompletedTask;

    private static Task<CandorProcess> StartAsync(SmtpStub server) => CandorProcess.StartAsync(
        $$"""
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        components:
          - name: Frontend
            components: [{ name: Homepage }, { name: Sign-in }]
          - name: Mail
        {{ReaderDesk.Settings(server.Port)}}
        """,
        Ct);

    private static string At(CandorProcess candor, string path) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{candor.Address.Port}{path}");

    private static async Task<string> MailAsync(SmtpStub server, CandorProcess candor, int count)
    {
        await Patience.UntilAsync(() => Task.FromResult(server.Mails.Count >= count), TimeSpan.FromSeconds(30), () => candor.Log, Ct);
        return server.Mails.Last();
    }
}

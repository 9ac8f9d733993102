using System.Net;
using System.Text.Json;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Readers;

/// <summary>The real executable, asked for its own past.</summary>
public sealed class TimeMachineTests
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Between_two_changes_the_page_is_as_it_was_there_also_after_a_restart()
    {
        using var works = new Target();
        using var fails = new Target();
        await using var candor = await CandorProcess.StartAsync(
            SystemSettings.Of(works.Port, ("Mail", $"{{ tcp: '127.0.0.1:{fails.Port}' }}")), Ct);
        await candor.UntilAsync("/status.json", body => IsMail(body, "operational"), Within, Ct);
        var well = await PassAsync();
        fails.Stop();
        await candor.UntilAsync("/status.json", body => IsMail(body, "major_outage"), Within, Ct);
        var down = await PassAsync();
        fails.StartAgain();
        await candor.UntilAsync("/status.json", body => IsMail(body, "operational"), Within, Ct);

        await SaysAsync(candor, well, down);
        await candor.KillAsync(Ct);
        await candor.StartAgainAsync(Ct);

        // Until the record has been read again the past is "come back in a moment".
        await candor.UntilAsync("/status.json", body => IsMail(body, "operational"), Within, Ct);
        await Patience.UntilAsync(
            async () => (await candor.Http.GetAsync($"/?at={well}", Ct)).IsSuccessStatusCode, Within, () => candor.Log, Ct);
        await SaysAsync(candor, well, down);
        Assert.Contains("Nothing was known yet", await candor.TextAsync("/?at=2020-01-01", Ct), StringComparison.Ordinal);
        using var refused = await candor.Http.GetAsync("/?at=tomorrow", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static async Task SaysAsync(CandorProcess candor, string well, string down)
    {
        Assert.True(IsMail(await candor.JsonAsync($"/status.json?at={well}", Ct), "operational"));
        Assert.True(IsMail(await candor.JsonAsync($"/status.json?at={down}", Ct), "major_outage"));
        Assert.DoesNotContain("Mail is down", await candor.TextAsync($"/?at={well}", Ct), StringComparison.Ordinal);
        Assert.Contains("Mail is down", await candor.TextAsync($"/?at={down}", Ct), StringComparison.Ordinal);
    }

    /// <summary>An instant that is safely between what was and what follows.</summary>
    private static async Task<string> PassAsync()
    {
        await Task.Delay(1_500, Ct);
        var instant = DateTimeOffset.UtcNow.ToString(Form, System.Globalization.CultureInfo.InvariantCulture);
        await Task.Delay(1_500, Ct);
        return instant;
    }

    private static bool IsMail(JsonElement body, string status) =>
        body.GetProperty("components").EnumerateArray().Any(one =>
            one.GetProperty("name").GetString() == "Mail" && one.GetProperty("status").GetString() == status && one.GetProperty("known").GetBoolean());
}

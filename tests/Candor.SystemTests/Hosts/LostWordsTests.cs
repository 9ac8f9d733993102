namespace Candor.SystemTests.Hosts;

/// <summary>
/// A core and three agents, each on a host of its own, where clocks are off, names do not resolve, packets are lost in one
/// direction and processes die.
/// </summary>
public sealed class LostWordsTests
{
    public static bool Cannot => OwnNetwork.Cannot;

    public static bool IsInside => OwnNetwork.IsInside;

    private static bool IsClockFake => File.Exists(Serve.ClockTests.Library);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = OwnNetwork.NotHere, SkipWhen = nameof(Cannot))]
    public Task P_17_P_18_A_clock_that_is_off_names_that_fail_and_words_that_are_lost_are_nobodys_outage() =>
        OwnNetwork.RunAsync(nameof(Inside_clocks_are_off_and_words_are_lost), Ct);

    [Fact(Skip = OwnNetwork.Itself, SkipUnless = nameof(IsInside))]
    public async Task Inside_clocks_are_off_and_words_are_lost()
    {
        await using var all = await Company.StartAsync(IsClockFake ? "us" : null);
        await ClocksAreOffAsync(all);
        await NamesAreDeadAtOnePlaceAsync(all);
        await WhatTheCoreSaysIsLostAsync(all);
        await WhoIsKilledGoesOnAsync(all);
        Assert.Equal(0, await all.IncidentsAsync());
    }

    /// <summary>An hour ahead, and it shows in nothing but the skew.</summary>
    private static async Task ClocksAreOffAsync(Company all)
    {
        if (!IsClockFake)
        {
            return;
        }

        await all.UntilWithNothingOpenAsync(static seen => Company.Row(seen, "us").TryGetProperty("skew_seconds", out var skew) && skew.GetDouble() is > 3_500 and < 3_700);
        var seen = await all.SeenAsync();
        Assert.Equal(("live", 0, 0), (Company.StatusOf(seen, "us"), Company.Number(seen, "us", "late"), Company.Number(seen, "us", "ignored")));
        Assert.InRange(Company.ReadAt(seen, "shop", "us"), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(5));
    }

    /// <summary>What resolves nowhere but there is not gone, and its control targets say whose trouble it is.</summary>
    private static async Task NamesAreDeadAtOnePlaceAsync(Company all)
    {
        await Lan.DropAsync("us", "output", "udp dport 53");
        await all.UntilWithNothingOpenAsync(static seen => (Company.StatusOf(seen, "us"), Company.Row(seen, "us").GetProperty("reason").GetString()) == ("suspect", "no resolver answers")
            && Company.Saw(seen, "shop") == "local up, eu up, us unknown, ap up" && Company.VerdictOf(seen, "shop") == "up");
        await Lan.DropNothingAsync("us");
        await all.UntilWithNothingOpenAsync(static seen => Company.StatusOf(seen, "us") == "live" && Company.Saw(seen, "shop") == "local up, eu up, us up, ap up");
    }

    /// <summary>
    /// What an agent says arrives and what it is answered does not, so it says it again; meanwhile another one is cut off whole.
    /// Each reading is in the charts once afterwards: as many as pings were sent.
    /// </summary>
    private static async Task WhatTheCoreSaysIsLostAsync(Company all)
    {
        await Lan.DropAsync("ap", "input", "ip saddr 10.77.0.1 tcp sport 443");
        await Lan.CutAsync("us");
        await all.UntilWithNothingOpenAsync(static seen => (Company.StatusOf(seen, "ap"), Company.StatusOf(seen, "us")) == ("blind", "blind")
            && Company.Saw(seen, "shop") == "local up, eu up, us unknown, ap unknown" && Company.VerdictOf(seen, "depot") == "unknown"
            && IsLongAgo(seen, "ap") && IsLongAgo(seen, "us"));
        await Lan.DropNothingAsync("ap");
        await Lan.MendAsync("us");
        await all.UntilWithNothingOpenAsync(static seen => Mended(seen, "ap") && Mended(seen, "us") && Company.VerdictOf(seen, "depot") == "up");
        var seen = await all.SeenAsync();
        Assert.Equal((0, 0), (Company.Number(seen, "ap", "ignored"), Company.Number(seen, "us", "ignored")));
        await IsStoredOnceAsync(all, "ap");
        await IsStoredOnceAsync(all, "us");

        // What was seen just after the last word that arrived is no evidence any more.
        static bool IsLongAgo(System.Text.Json.JsonElement seen, string place) =>
            DateTimeOffset.UtcNow - Company.Row(seen, place).GetProperty("heard_at").GetDateTimeOffset() > TimeSpan.FromSeconds(45);

        static bool Mended(System.Text.Json.JsonElement seen, string place) => Company.StatusOf(seen, place) == "live"
            && Company.Number(seen, place, "waiting") == 0 && Company.Number(seen, place, "late") > 0;
    }

    private static async Task IsStoredOnceAsync(Company all, string place)
    {
        var sent = await Lan.EchoesAsync(place);
        List<DateTimeOffset> stored = [];
        await Patience.UntilAsync(
            async () => (stored = await all.StoredAsync("depot", place)).Count >= sent, Company.Long, () => $"{sent} looks, stored {string.Join(' ', stored)}", Ct);
        Assert.InRange(stored.Count, sent, await Lan.EchoesAsync(place));
        Assert.All(stored, static at => Assert.InRange(at, DateTimeOffset.UtcNow.AddMinutes(-15), DateTimeOffset.UtcNow.AddSeconds(10)));
    }

    /// <summary>Killed and started again while the core cannot be reached, it looks at what it was asked to look at before.</summary>
    private static async Task WhoIsKilledGoesOnAsync(Company all)
    {
        await Lan.CutAsync("eu");
        await all.Agent("eu").KillAsync(Ct);
        var at = DateTimeOffset.UtcNow;
        all.Agent("eu").Start();
        await Patience.UntilAsync(
            () => Task.FromResult(all.Agent("eu").Log.Contains("Going on with the 3 checks", StringComparison.Ordinal) && all.Agent("eu").Waiting > 0),
            Company.Long, () => all.Agent("eu").Log, Ct);
        await Lan.MendAsync("eu");
        await all.UntilWithNothingOpenAsync(seen => Company.StatusOf(seen, "eu") == "live" && Company.Saw(seen, "depot") == "eu up, us up, ap up" && Company.ReadAt(seen, "depot", "eu") > at);
    }
}

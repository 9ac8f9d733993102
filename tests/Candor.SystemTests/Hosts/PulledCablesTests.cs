namespace Candor.SystemTests.Hosts;

/// <summary>
/// A core, three agents, a resolver and what is watched, each on a host of its own, and cables between them that are pulled.
/// </summary>
public sealed class PulledCablesTests
{
    public static bool Cannot => OwnNetwork.Cannot;

    public static bool IsInside => OwnNetwork.IsInside;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = OwnNetwork.NotHere, SkipWhen = nameof(Cannot))]
    public Task P_14_P_15_A_cable_that_is_pulled_is_told_from_a_service_that_fails() => OwnNetwork.RunAsync(nameof(Inside_cables_are_pulled), Ct);

    [Fact(Skip = OwnNetwork.Itself, SkipUnless = nameof(IsInside))]
    public async Task Inside_cables_are_pulled()
    {
        await using var all = await Company.StartAsync();
        await APlaceIsCutOffAsync(all);
        await OneWayToTheTargetIsLostAsync(all);
        await TheTargetIsCutOffAsync(all);
        await TheCoreIsCutOffAsync(all);
    }

    /// <summary>Its cable is pulled: it is blind, once said, and what it saw meanwhile fills the past.</summary>
    private static async Task APlaceIsCutOffAsync(Company all)
    {
        await Lan.CutAsync("eu");
        await all.UntilWithNothingOpenAsync(static seen => Company.StatusOf(seen, "eu") == "blind" && Company.Saw(seen, "shop") == "local up, eu unknown, us up, ap up");
        var said = "";
        await Patience.UntilAsync(
            async () => Count(said = await all.Core.TextAsync("/", Ct), "1 of 4 monitors blind since") == 1, Company.Long, () => said, Ct);
        await Patience.UntilAsync(
            async () => Count(said = await all.Core.AdminTextAsync("/", Ct), "eu is blind, so it has no vote: nothing has been heard from it. 3 monitors") == 1,
            Company.Long, () => said, Ct);
        Assert.Equal(1, Count(said, "eu is blind"));
        await Patience.UntilAsync(() => Task.FromResult(all.Agent("eu").Waiting > 1), Company.Long, () => all.Agent("eu").Log, Ct);

        await Lan.MendAsync("eu");
        await all.UntilWithNothingOpenAsync(static seen => Company.StatusOf(seen, "eu") == "live" && Company.Saw(seen, "shop") == "local up, eu up, us up, ap up"
            && Company.Number(seen, "eu", "waiting") == 0 && Company.Number(seen, "eu", "late") > 0);
        Assert.Equal(0, await all.IncidentsAsync());
    }

    /// <summary>What the target answers to one place is lost: that place sees it down, and the others are not asked to believe it.</summary>
    private static async Task OneWayToTheTargetIsLostAsync(Company all)
    {
        await Lan.DropAsync("eu", "input", $"ip saddr {Lan.TargetAddress}");
        await all.UntilWithNothingOpenAsync(static seen => Company.Saw(seen, "till") == "local up, eu down, us up, ap up"
            && Company.VerdictOf(seen, "till") == "degraded" && Company.Saw(seen, "shop") == "local up, eu down, us up, ap up");
        await Lan.DropNothingAsync("eu");
        await all.UntilWithNothingOpenAsync(static seen => Company.VerdictOf(seen, "till") == "up" && Company.VerdictOf(seen, "shop") == "up" && Company.VerdictOf(seen, "depot") == "up");
        Assert.Equal(0, await all.IncidentsAsync());
    }

    private static async Task TheTargetIsCutOffAsync(Company all)
    {
        await Lan.CutAsync(Lan.Target);
        await all.UnresolvedAsync(static text => Count(text, ", down from ") >= 3);
        await all.UntilAsync(static seen => Company.Saw(seen, "depot") == "eu down, us down, ap down" && Company.Saw(seen, "till") == "local down, eu down, us down, ap down");
        await Lan.MendAsync(Lan.Target);
        await all.UnresolvedAsync(static text => text.Contains("\"incidents\":[]", StringComparison.Ordinal));
    }

    /// <summary>The core's own network is gone, and everybody's word with it: nobody knows anything, and nothing is down.</summary>
    private static async Task TheCoreIsCutOffAsync(Company all)
    {
        var before = await all.IncidentsAsync();
        await Lan.RunAsync("ip", "link set switch down");
        await all.UntilWithNothingOpenAsync(static seen => Company.VerdictOf(seen, "shop") == "unknown" && Company.VerdictOf(seen, "till") == "unknown" && Company.VerdictOf(seen, "depot") == "unknown");
        Assert.Equal(before, await all.IncidentsAsync());
        await Lan.RunAsync("ip", "link set switch up");
        await all.UntilWithNothingOpenAsync(static seen => Company.VerdictOf(seen, "shop") == "up" && Company.VerdictOf(seen, "till") == "up" && Company.VerdictOf(seen, "depot") == "up");
    }

    private static int Count(string text, string words)
    {
        var count = 0;
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}

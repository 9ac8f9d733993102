using System.CommandLine;
using System.Globalization;
using System.Text;
using Candor.Commands.Drills.Rig;
using Candor.Effects;

namespace Candor.Commands.Drills;

/// <summary><c>candor drill blind-monitor</c>: the network is gone with most of what looks at it.</summary>
internal static class BlindMonitorDrill
{
    public static Command Create(Terminal terminal)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long the inside places are cut off.", DefaultValueFactory = _ => 180 };
        var inside = new Option<bool>("--inside") { Description = "It runs in a network of its own already.", Hidden = true };
        var json = CommonOptions.Json();
        var command = new CandorCommand("blind-monitor", "Cut most places that look off from everything, in a network of the drill's own, and measure what is said of what they cannot see.")
        {
            Options = { seconds, json, inside },
            Examples = [("candor drill blind-monitor", "the whole drill, about four minutes"), ("candor drill blind-monitor --seconds 70", "a short one")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var (length, asJson) = (Math.Clamp(parsed.GetValue(seconds), 70, 3_600), parsed.GetValue(json));
            return parsed.GetValue(inside)
                ? await new BlindMonitor(TimeSpan.FromSeconds(length), new DrillLog("blind-monitor", terminal, asJson), terminal).RunAsync(stopping)
                : await ApartAsync(length, asJson, terminal, stopping);
        });
        return command;
    }

    /// <summary>Runs itself again where nobody else's network is, and hands on what it says.</summary>
    private static async Task<int> ApartAsync(int seconds, bool json, Terminal terminal, CancellationToken stopping)
    {
        var apart = DrillNetwork.Apart
            ?? throw new CommandFault("This drill needs a network of its own, and unshare, mount or ip is not here.", "Debian has them in util-linux, mount and iproute2.");
        string[] arguments = ["drill", "blind-monitor", "--inside", "--seconds", seconds.ToString(CultureInfo.InvariantCulture), .. json ? (string[])["--json"] : []];
        using var run = SystemProcesses.StartBeside(arguments, terminal.Error.WriteLine, apart);
        using var output = new StreamReader(run.Output.AsStream());
        while (await output.ReadLineAsync(stopping) is { } line)
        {
            terminal.Line(line);
        }

        return await run.Ended.WaitAsync(stopping) is var ended && ended is Exit.Done or Exit.Failed
            ? ended
            : throw new CommandFault("This drill needs a network of its own, and could not have one.", "Run it as root, or where unprivileged user namespaces are allowed.");
    }
}

/// <summary>
/// The drill itself. Two clusters and a queue behind a private link; three places inside, at the end of that link, and two outside:
/// an agent, and the core. The link and what it carries are gone at one instant; the services come back, the link does not.
/// </summary>
internal sealed class BlindMonitor(TimeSpan cut, DrillLog log, Terminal terminal)
{
    private static readonly string[] Inside = ["in-1", "in-2", "in-3"];
    private static readonly string[] Outside = ["out-1"];
    private static readonly string[] Clusters = ["cluster-1", "cluster-2"];
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(3);

    private readonly HookSink hooks = new(terminal.Time);
    private readonly string folder = Directory.CreateTempSubdirectory("candor-drill-places-").FullName;
    private readonly List<DrillProcess> agents = [];

    private TimeSpan Dark => cut / 2 < TimeSpan.FromSeconds(60) ? cut / 2 : TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var http = DrillHttp.Client(terminal.Time);
        try
        {
            var network = new DrillNetwork(terminal.Time);
            await network.WireAsync(Inside, Outside, cancellation);
            DrillServer? core = null;
            await using var site = await DrillSite.OpenAsync(3, folder, () => core?.Page, http, terminal.Time, cancellation);
            await using var sinks = await Sinks.OpenAsync(new MailSink(terminal.Time), hooks.TakeAsync, cancellation);
            await using var server = core = await DrillServer.StartAsync(Settings, terminal, cancellation);
            await DrillCrowd.SubscribeAsync(server, "webhook", [sinks.Hook.ToString()], cancellation);
            foreach (var place in Inside.Concat(Outside))
            {
                var code = (await server.MustAsync(HttpMethod.Post, "/api/places", $$"""{"name":"{{place}}","private_networks":true}""", cancellation)).GetProperty("code").GetString()!;
                agents.Add((await DrillProcess.StartAsync(
                    ["agent", "--server", $"https://{DrillNetwork.Here}:{DrillSite.Gate.ToString(CultureInfo.InvariantCulture)}", "--code", code, "--data", Path.Combine(folder, place)],
                    terminal.Time, cancellation, DrillNetwork.On(place, site.Certificate))).Process);
            }

            var sampler = new PlaceSampler(server, terminal.Time);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var sampling = sampler.RunAsync(ending.Token);
            await BlindAsync(network, site, server, sampler, cancellation);
            await ending.CancelAsync();
            await sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            log.Exactly("verdicts of places that were blind", sampler.Believed, 0, "", $"{sampler.Looks} looks");
            return log.End();
        }
        finally
        {
            foreach (var agent in agents)
            {
                await agent.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Settings => string.Create(CultureInfo.InvariantCulture, $$"""
        page: { name: Heron Copier, url: "http://127.0.0.1:8080" }
        egress: { allow: [10.78.0.0/16, 127.0.0.0/8] }
        vantage: { controls: ["{{DrillNetwork.Here}}:{{DrillSite.Control}}"], places: [{{string.Join(", ", Inside.Concat(Outside))}}] }
        incidents: { automatic: publish, open_after: 0s, resolve_after: 10s }
        components:
          - { name: Cluster 1, monitors: [cluster-1] }
          - { name: Cluster 2, monitors: [cluster-2] }
          - { name: Queue, monitors: [queue] }
        monitors:
          cluster-1: { http: "http://{{DrillNetwork.Here}}:{{DrillSite.FirstService}}/", every: {{LookEvery.TotalSeconds}}s, timeout: 5s }
          cluster-2: { http: "http://{{DrillNetwork.Here}}:{{DrillSite.FirstService + 1}}/", every: {{LookEvery.TotalSeconds}}s, timeout: 5s }
          queue: { http: "http://{{DrillNetwork.Here}}:{{DrillSite.FirstService + 2}}/", every: {{LookEvery.TotalSeconds}}s, timeout: 5s, from: [{{string.Join(", ", Inside)}}] }
        """);

    private async Task BlindAsync(DrillNetwork network, DrillSite site, DrillServer server, PlaceSampler sampler, CancellationToken cancellation)
    {
        await UntilAsync("every place sees everything", () => sampler.VerdictOf("queue") == "up" && Clusters.All(one => sampler.VerdictOf(one) == "up")
            && Inside.Concat(Outside).All(place => sampler.StatusOf(place) == "live" && sampler.NumberOf(place, "waiting") == 0), cancellation);
        log.Tell("Two clusters and a queue behind a private link; three places look from inside, two from outside: an agent and the core.");

        site.IsDark = true;
        await network.CutAsync(cancellation);
        var began = terminal.Time.GetTimestamp();
        log.Tell("The private link is down: what it carries is gone, and so are the three inside places.");
        var unknown = await TakesAsync(began, () => Task.FromResult(sampler.VerdictOf("queue") == "unknown"), cancellation);
        log.AtMost("what only inside sees is unknown after", unknown.TotalSeconds, 3 * LookEvery.TotalSeconds, "s", "three intervals");
        var headline = await TakesAsync(began, async () => Encoding.UTF8.GetString(await server.ReadAsync("/", cancellation)).Contains("3 of 5 monitors blind since", StringComparison.Ordinal), cancellation);
        log.AtMost("page says that 3 of 5 monitors are blind after", headline.TotalSeconds, (3 * LookEvery.TotalSeconds) + 5, "s");
        log.Tell("The page says that 3 of 5 monitors are blind; what they alone look at is unknown, and not down.");
        var down = await TakesAsync(began, () => Task.FromResult(Clusters.All(one => sampler.VerdictOf(one) == "down")), cancellation);
        log.Tell(string.Create(CultureInfo.InvariantCulture, $"Both clusters are down as seen from outside, {down.TotalSeconds:F0} s after it happened."));
        await RestAsync(Dark - terminal.Time.GetElapsedTime(began), cancellation);

        site.IsDark = false;
        var recovered = terminal.Time.GetTimestamp();
        log.Tell("The services are back. The inside places are still cut off.");
        var shown = await TakesAsync(recovered, async () => Encoding.UTF8.GetString(await server.ReadAsync("/api/v2/components.json", cancellation)).Split("\"operational\"").Length - 1 >= Clusters.Length
            && Clusters.All(one => sampler.VerdictOf(one) == "up"), cancellation);
        log.AtMost("recovery as seen from outside shown after", shown.TotalSeconds, 60, "s");
        log.Tell("The page says that the clusters work again, by what is seen from outside alone.");
        await RestAsync(cut - terminal.Time.GetElapsedTime(began), cancellation);
        log.Exactly("what only inside sees was called up or down", sampler.VerdictsOf("queue").SkipWhile(static verdict => verdict != "up").Count(static verdict => verdict is "down" or "degraded") + (sampler.VerdictOf("queue") == "unknown" ? 0 : 1), 0, "times");

        var (told, judged) = (hooks.Hooks.Count, Clusters.Sum(one => sampler.VerdictsOf(one).Count));
        await network.MendAsync(cancellation);
        var mended = terminal.Time.GetTimestamp();
        log.Tell($"The private link is up. {told} notices went out so far.");
        var caughtUp = await TakesAsync(mended, () => Task.FromResult(sampler.VerdictOf("queue") == "up" && Inside.All(place =>
            sampler.StatusOf(place) == "live" && sampler.NumberOf(place, "waiting") == 0 && sampler.NumberOf(place, "late") > 0)), cancellation);
        log.AtMost("what was seen meanwhile is handed in after", caughtUp.TotalSeconds, 60, "s");
        await RestAsync(LookEvery * 1.25, cancellation);
        log.Exactly("notices by what came late", hooks.Hooks.Count - told, 0, "");
        log.Exactly("verdicts changed by what came late", Clusters.Sum(one => sampler.VerdictsOf(one).Count) - judged, 0, "");
        log.Add("readings that came late", Inside.Sum(place => sampler.NumberOf(place, "late")), "", "> 0", Inside.All(place => sampler.NumberOf(place, "late") > 0), "they fill the charts");
        log.Exactly("chunks that agents gave up", Inside.Sum(place => sampler.NumberOf(place, "dropped")), 0, "");
        log.Tell("The three places see again; what they saw meanwhile fills the charts, and nobody was told anything by it.");
    }

    private Task RestAsync(TimeSpan left, CancellationToken cancellation) => Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, terminal.Time, cancellation);

    /// <summary>How long after an instant it is so; as long as is waited for at most where it never is.</summary>
    private async Task<TimeSpan> TakesAsync(long since, Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < AtMost && !await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), terminal.Time, cancellation);
        }

        return terminal.Time.GetElapsedTime(since);
    }

    private async Task UntilAsync(string what, Func<bool> isSo, CancellationToken cancellation)
    {
        if (await TakesAsync(terminal.Time.GetTimestamp(), () => Task.FromResult(isSo()), cancellation) >= AtMost)
        {
            throw new CommandFault($"The drill could not begin: it was waited in vain until {what}.\n{string.Join('\n', agents.Select(static agent => agent.Complaints))}", "Run it on a machine that does nothing else.");
        }
    }
}

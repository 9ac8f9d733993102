using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Candor.Access;
using Candor.Commands.Drills.Rig;
using Candor.Effects;

namespace Candor.Bench;

/// <summary>
/// Everybody is told of an incident, by the real executable and the process of the channel, to receivers on this machine:
/// how soon the first and the last has it, what it takes, and what a reader of the page feels of it. A machine is not the same
/// from one half minute to the next, so quiet and telling take turns: of times it says the worst of them,
/// of what a reader feels and of what it takes all of them together.
/// </summary>
internal static class ToldBench
{
    private const int AtOnce = 5_000;
    private const string Email = "email";
    private const string Webhook = "webhook";

    /// <summary>So many, so often: the slowest in a hundred of one thousand readings are ten, and chance.</summary>
    private static readonly (int Crowd, int Turns)[] Crowds = [(20_000, 3), (100_000, 1)];

    /// <summary>A minute after its start Candor gives memory back, once and in a pause: that is neither quiet nor telling.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(62);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly LowPriorityThreads GivingWay = new(1, "looks", nice: 15);

    public static Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<Executable> forms, CancellationToken cancellation)
    {
        // A reader has a machine of their own and does not wait for it.
        LibC.TakeShortTurns();
        return Executable.InTurnAsync(forms, form => RunAsync(form, cancellation));
    }

    private static async Task<IReadOnlyList<Figure>> RunAsync(Executable form, CancellationToken cancellation)
    {
        var figures = new List<Figure>();
        foreach (var (crowd, turns) in Crowds)
        {
            figures.AddRange(await MeasureAsync(form, Email, crowd, turns, cancellation));
            figures.AddRange(await MeasureAsync(form, Webhook, crowd, turns, cancellation));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Executable form, string channel, int crowd, int turns, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            using var receivers = Part.Start(["part", "receivers"]);
            await receivers.ReadyAsync(cancellation);
            var ports = (await receivers.Output.ReadLineAsync(cancellation))!.Split(' ');
            var (token, _) = await AdminBench.LetInAsync(Path.Combine(folder, "data"), cancellation, TokenScope.Admin);
            await using var candor = await ServedCandor.StartAsync(folder, DrillServer.SettingsOf(int.Parse(ports[0], CultureInfo.InvariantCulture)), cancellation, program: form);
            using var operators = new HttpClient { BaseAddress = candor.AdminAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            await SubscribeAsync(operators, channel, crowd, new Uri(ports[1]), cancellation);

            var reader = new PageReader(stop => candor.Http.GetByteArrayAsync("/", stop), TimeProvider.System);
            using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var looking = reader.RunAsync(reading.Token);
            var processes = new Processes(candor.Id);
            var (cpu, first, last) = (0.0, TimeSpan.Zero, TimeSpan.Zero);
            for (var turn = 1; turn <= turns; turn++)
            {
                await Task.Delay(turn == 1 ? Settles : Before, TimeProvider.System, cancellation);
                reader.Phase = "quiet";
                await Task.Delay(Quiet, TimeProvider.System, cancellation);

                cpu -= processes.CpuMs;
                var began = TimeProvider.System.GetUtcNow();
                reader.Phase = "told";
                await SendAsync(operators, "/api/incidents", $$"""{"title":"Mail is slow, {{turn}}","body":"We are looking."}""", cancellation);
                var came = await UntilAllAsync(crowd, receivers, processes, cancellation);
                reader.Phase = "after";
                cpu += processes.CpuMs;
                (first, last) = (Later(first, came.First - began), Later(last, came.Last - began));
            }

            await reading.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            var (name, many) = (string.Create(CultureInfo.InvariantCulture, $"told.{channel}.{crowd / 1000}k"), string.Create(CultureInfo.InvariantCulture, $"{crowd:N0} by {channel}"));
            return
            [
                new(name + ".first", first.TotalSeconds, "s", 1, $"{many}: from the post to the first in a local receiver's hands, at worst of {turns}"),
                new(name + ".last", last.TotalSeconds, "s", crowd > Crowds[0].Crowd ? null : 30, "the same, to the last"),
                new(name + ".rate", crowd / last.TotalSeconds, "notices/s", null, "the same"),
                new(name + ".cpu", cpu / crowd / turns, "CPU-ms a notice", null, "the same, core and process of the channel together, of all"),
                new(name + ".memory", processes.MostMb, "MB", null, "the same, at the most"),
                new(name + ".page.p95", reader.P95("told"), "ms", null, "a reader's page meanwhile, p95"),
                new(name + ".page.p95.ratio", reader.P95("told") / reader.P95("quiet"), "× quiet", null, "the same, against the 20 s before each"),
                new(name + ".page", reader.P99("told"), "ms", null, "a reader's page meanwhile, p99"),
                new(name + ".page.ratio", reader.P99("told") / reader.P99("quiet"), "× quiet", 1.1, "the same, against the 20 s before each"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>When the first and the last was taken.</summary>
    private static async Task<(DateTimeOffset First, DateTimeOffset Last)> UntilAllAsync(int crowd, Part receivers, Processes processes, CancellationToken cancellation)
    {
        await receivers.Input.WriteLineAsync(crowd.ToString(CultureInfo.InvariantCulture).AsMemory(), cancellation);
        await receivers.Input.FlushAsync(cancellation);
        var answer = receivers.Output.ReadLineAsync(cancellation).AsTask();
        while (!answer.IsCompleted)
        {
            // Looking through all processes takes a millisecond or two, for which the reader is not to wait.
            await GivingWay.TurnAsync();
            processes.Look();
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation));
        }

        var said = (await answer ?? "0 0 0").Split(' ').Select(static one => long.Parse(one, CultureInfo.InvariantCulture)).ToArray();
        return said[0] == crowd
            ? (new(said[1], TimeSpan.Zero), new(said[2], TimeSpan.Zero))
            : throw new InvalidOperationException($"{said[0]} notices came where {crowd} were to.");
    }

    private static async Task SubscribeAsync(HttpClient operators, string channel, int crowd, Uri hook, CancellationToken cancellation)
    {
        // The journal is read a moment after the pages are up.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var answer = await operators.GetAsync("/api/incidents", cancellation);
            if (answer.IsSuccessStatusCode)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }

        foreach (var some in Enumerable.Range(0, crowd).Chunk(AtOnce))
        {
            var rows = some.Select(number => $$"""{"channel":"{{channel}}","address":"{{(channel == Email ? DrillCrowd.AddressOf(number) : new Uri(hook, $"/{number}"))}}"}""");
            await SendAsync(operators, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', rows)}}]}""", cancellation);
        }
    }

    private static async Task SendAsync(HttpClient operators, string path, string json, CancellationToken cancellation)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await operators.PostAsync(path, content, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The core and the processes of its channels, which begin when there is somebody to tell.</summary>
    private sealed class Processes(int core)
    {
        public double MostMb { get; private set; }

        public double CpuMs => Sum(static process => process.TotalProcessorTime.TotalMilliseconds);

        public void Look() => MostMb = Math.Max(MostMb, Sum(static process => process.WorkingSet64 / 1_000_000.0));

        private double Sum(Func<Process, double> of) => new[] { core }.Concat(ProcessTable.ChildrenOf(core, "notify")).Sum(id =>
        {
            using var process = Process.GetProcessById(id);
            return of(process);
        });
    }
}

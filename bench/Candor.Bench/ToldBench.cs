using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Candor.Access;
using Candor.Commands.Drills.Rig;
using Candor.Effects;
using Microsoft.AspNetCore.Http;

namespace Candor.Bench;

/// <summary>
/// Everybody is told of an incident, by the real executable and the process of the channel, to receivers on this machine:
/// how soon the first and the last has it, what it takes, and what a reader of the page feels of it.
/// </summary>
internal static class ToldBench
{
    private const int AtOnce = 5_000;
    private const string Email = "email";
    private const string Webhook = "webhook";

    private static readonly int[] Crowds = [20_000, 100_000];
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(3);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var figures = new List<Figure>();
        foreach (var crowd in Crowds)
        {
            figures.AddRange(await MeasureAsync(Email, crowd, cancellation));
            figures.AddRange(await MeasureAsync(Webhook, crowd, cancellation));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string channel, int crowd, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var (mails, hooks) = (new MailSink(TimeProvider.System), new Hooks());
            await using var sinks = await Sinks.OpenAsync(mails, hooks.TakeAsync, cancellation);
            var (token, _) = await AdminBench.LetInAsync(Path.Combine(folder, "data"), cancellation, TokenScope.Admin);
            await using var candor = await ServedCandor.StartAsync(folder, DrillServer.SettingsOf(sinks.MailPort), cancellation);
            using var operators = new HttpClient { BaseAddress = candor.AdminAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            await SubscribeAsync(operators, channel, crowd, sinks.Hook, cancellation);

            var reader = new PageReader(stop => candor.Http.GetByteArrayAsync("/", stop), TimeProvider.System) { Phase = "before" };
            using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var looking = reader.RunAsync(reading.Token);
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellation);
            reader.Phase = "quiet";
            await Task.Delay(Quiet, TimeProvider.System, cancellation);

            var processes = new Processes(candor.Id);
            var cpu = processes.CpuMs;
            var began = TimeProvider.System.GetUtcNow();
            reader.Phase = "told";
            await SendAsync(operators, "/api/incidents", """{"title":"Mail is slow","body":"We are looking."}""", cancellation);
            await UntilAllAsync(crowd, () => channel == Email ? mails.Mails.Count : hooks.Count, processes, cancellation);
            var (first, last) = channel == Email
                ? (mails.Mails.Min(static one => one.At) - began, mails.Mails.Max(static one => one.At) - began)
                : (hooks.First - began, hooks.Last - began);
            reader.Phase = "after";
            var spent = processes.CpuMs - cpu;
            await reading.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            var (name, many) = (string.Create(CultureInfo.InvariantCulture, $"told.{channel}.{crowd / 1000}k"), string.Create(CultureInfo.InvariantCulture, $"{crowd:N0} by {channel}"));
            return
            [
                new(name + ".first", first.TotalSeconds, "s", 1, $"{many}: from the post to the first in a local receiver's hands"),
                new(name + ".last", last.TotalSeconds, "s", crowd > Crowds[0] ? null : 30, "the same, to the last"),
                new(name + ".rate", crowd / last.TotalSeconds, "notices/s", null, "the same"),
                new(name + ".cpu", spent / crowd, "CPU-ms a notice", null, "the same, core and process of the channel together"),
                new(name + ".memory", processes.MostMb, "MB", null, "the same, at the most"),
                new(name + ".page", reader.P99("told"), "ms", null, "a reader's page meanwhile, p99"),
                new(name + ".page.ratio", reader.P99("told") / reader.P99("quiet"), "× quiet", 1.1, "the same, against the 20 s before"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task UntilAllAsync(int crowd, Func<int> taken, Processes processes, CancellationToken cancellation)
    {
        for (var began = Stopwatch.GetTimestamp(); taken() < crowd;)
        {
            processes.Look();
            if (Stopwatch.GetElapsedTime(began) > SettledWithin)
            {
                throw new InvalidOperationException($"Only {taken()} of {crowd} were told within {SettledWithin.TotalMinutes} min.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
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

    /// <summary>Takes webhooks and notes when the first and the last came.</summary>
    private sealed class Hooks
    {
        private long first;
        private long last;
        private int count;

        public int Count => Volatile.Read(ref count);

        public DateTimeOffset First => new(Volatile.Read(ref first), TimeSpan.Zero);

        public DateTimeOffset Last => new(Volatile.Read(ref last), TimeSpan.Zero);

        public async Task TakeAsync(HttpContext context)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            var now = TimeProvider.System.GetUtcNow().UtcTicks;
            Interlocked.CompareExchange(ref first, now, 0);
            Volatile.Write(ref last, now);
            Interlocked.Increment(ref count);
        }
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

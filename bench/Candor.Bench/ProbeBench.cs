using System.Diagnostics;
using System.Globalization;
using System.Net;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Judging;
using Candor.Probing;

namespace Candor.Bench;

/// <summary>What one HTTP look costs in processor time: ours, and blackbox_exporter's in the same run.</summary>
internal static class ProbeBench
{
    // Ours is compiled again while it gets warm, which a process that looks for days pays once.
    private const int Warm = 20_000;
    private const int Looks = 5_000;
    private const int AtOnce = 4;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        if (!ProbeTarget.IsThere)
        {
            return [];
        }

        using var target = new ProbeTarget();
        await target.ReadyAsync(cancellation);
        var ours = await OursAsync(target, cancellation);
        var theirs = await BlackboxAsync(target, cancellation);
        return
        [
            new("probe.http.cpu", ours, "CPU-ms", 0.25, "one GET over a new connection, body read and compared, in-process"),
            .. theirs is { } cost
                ? (Figure[])
                [
                    new("probe.http.cpu.blackbox_exporter", cost, "CPU-ms", null, "the same target, asked through its /probe"),
                    new("probe.http.cpu.against_blackbox", cost / ours, "×", 1, "its cost to ours; its includes answering over HTTP"),
                ]
                : [],
        ];
    }

    internal static ProbeTools Tools() => new(
        new Egress(
            EgressRules.PublicOnly with { Allow = [IPNetwork.Parse("127.0.0.0/8")] }, () => ResolverFiles.Empty,
            new SystemRandomness(), TimeProvider.System),
        TimeProvider.System,
        new SystemRandomness());

    private static async Task<double> OursAsync(ProbeTarget target, CancellationToken cancellation)
    {
        var options = $$"""{"url":"{{target.Url}}","body":"Heron","status":"200-299"}""";
        var probes = Enumerable.Range(0, AtOnce).Select(_ => CheckKinds.Open(new("http", target.Url, options), Tools())).ToList();
        await AllAsync(probes, Warm, cancellation);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        await AllAsync(probes, Looks, cancellation);
        self.Refresh();
        return (self.TotalProcessorTime - before).TotalMilliseconds / Looks;
    }

    private static Task AllAsync(List<IProbe> probes, int looks, CancellationToken cancellation) =>
        Task.WhenAll(probes.Select(async probe =>
        {
            for (var i = 0; i < looks / AtOnce; i++)
            {
                var seen = await probe.LookAsync(TimeSpan.FromSeconds(10), cancellation);
                if (seen.Reading != Reading.Good)
                {
                    throw new InvalidOperationException($"the look failed: {seen.Reason}");
                }
            }
        }));

    private static async Task<double?> BlackboxAsync(ProbeTarget target, CancellationToken cancellation)
    {
        const string Program = "/usr/bin/prometheus-blackbox-exporter";
        if (!File.Exists(Program))
        {
            return null;
        }

        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            config, "modules:\n  page:\n    prober: http\n    timeout: 10s\n    http:\n      fail_if_body_not_matches_regexp: [Heron]\n", cancellation);
        var port = target.Port == 9_115 ? 9_116 : 9_115;
        using var blackbox = Process.Start(new ProcessStartInfo(
            Program, [$"--config.file={config}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
            var url = $"http://127.0.0.1:{port}/probe?module=page&target={Uri.EscapeDataString(target.Url)}";
            await StartedAsync(client, url, cancellation);
            await AskAsync(client, url, Warm, cancellation);
            var before = Processor(blackbox.Id);
            await AskAsync(client, url, Looks, cancellation);
            return (Processor(blackbox.Id) - before) / Looks;
        }
        finally
        {
            blackbox.Kill();
            File.Delete(config);
        }
    }

    private static async Task StartedAsync(HttpClient client, string url, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                if ((await client.GetStringAsync(url, cancellation)).Contains("probe_success 1", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException) when (i < 100)
            {
                // Not yet.
            }

            await Task.Delay(50, cancellation);
        }
    }

    private static Task AskAsync(HttpClient client, string url, int looks, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var i = 0; i < looks / AtOnce; i++)
            {
                await client.GetByteArrayAsync(url, cancellation);
            }
        }));

    /// <summary>User and system time so far, in milliseconds; the kernel counts in hundredths of a second.</summary>
    private static double Processor(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return 10.0 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
    }
}

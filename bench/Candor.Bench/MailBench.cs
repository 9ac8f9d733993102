using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;

namespace Candor.Bench;

/// <summary>
/// Mails written, signed and handed over to postfix's smtp-sink, beside postfix's own smtp-source against the same sink
/// with the same number of connections.
/// </summary>
internal static class MailBench
{
    private const int Mails = 20_000;
    private const int Sample = 5_000;
    private const int Pooled = 8;
    private const int Bytes = 4_000; // about what ours has, headers and all

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        if (Find("smtp-sink") is not { } sink || Find("smtp-source") is not { } source)
        {
            return [];
        }

        using var rsa = RSA.Create(2048);
        var port = FreePort();
        using var serving = Process.Start(new ProcessStartInfo(sink, ["-u", "nobody", $"127.0.0.1:{port}", "1024"]) { UseShellExecute = false })!;
        try
        {
            await OpenAsync(port, cancellation);
            var one = await OursAsync(port, 1, Sample, null, cancellation);
            var peerOne = await TheirsAsync(source, port, 1, cancellation);
            var many = await OursAsync(port, Pooled, Mails, null, cancellation);
            var peerMany = await TheirsAsync(source, port, Pooled, cancellation);
            var signed = await OursAsync(port, Pooled, Mails, rsa.ExportPkcs8PrivateKeyPem(), cancellation);
            return
            [
                new("mail.one", one.PerSecond, "mails/s", null, $"{Sample} mails over one connection to smtp-sink"),
                new("mail.one.ratio", one.PerSecond / peerOne, "×", 0.5, "of smtp-source over one connection"),
                new("mail.pooled", many.PerSecond, "mails/s", null, $"{Mails} mails over {Pooled} connections to smtp-sink"),
                new("mail.pooled.ratio", many.PerSecond / peerMany, "×", 0.5, $"of smtp-source over {Pooled} connections"),
                new("mail.pooled.took", Mails / many.PerSecond, "s", 30, $"{Mails} mails handed over, unsigned"),
                new("mail.signed.took", Mails / signed.PerSecond, "s", 30, $"{Mails} mails written, signed with RSA-2048 and handed over"),
                new("mail.signed.cpu", signed.CpuMs, "CPU-ms a mail", null, "ours alone, signature included"),
            ];
        }
        finally
        {
            serving.Kill(entireProcessTree: true);
            await serving.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<(double PerSecond, double CpuMs)> OursAsync(
        int port, int connections, int mails, string? key, CancellationToken cancellation)
    {
        var network = new Egress(
            new EgressRules([IPNetwork.Parse("127.0.0.0/8")], ImmutableHashSet<IPAddress>.Empty),
            static () => Candor.Effects.Dns.ResolverFiles.Empty, new SystemRandomness(), TimeProvider.System);
        var values = ImmutableSortedDictionary<string, string>.Empty
            .Add("smtp", $"smtp://127.0.0.1:{port}").Add("from", "status@heron.example")
            .Add("connections", connections.ToString(CultureInfo.InvariantCulture));
        await using var channel = new EmailKind().Open(
            new(key is null ? values : values.Add("dkim_key", key)), new(network, TimeProvider.System, new SystemRandomness()));
        await SendAsync(channel, 0, 100, connections, cancellation);

        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await SendAsync(channel, 100, mails, connections, cancellation);
        var took = Stopwatch.GetElapsedTime(began);
        return (mails / took.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / mails);
    }

    /// <summary>As many at a time as there are connections, and as many again that are being written meanwhile.</summary>
    private static Task SendAsync(IChannel channel, int first, int count, int connections, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = connections * 2, CancellationToken = cancellation },
            async (number, stop) =>
            {
                var handover = await channel.SendAsync(Message(number), stop);
                if (handover.End != HandoverEnd.Delivered)
                {
                    throw new InvalidOperationException($"A mail was not taken: {handover.Reason}, {handover.Said}.");
                }
            });

    private static async Task<double> TheirsAsync(string source, int port, int connections, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            source,
            [
                "-d", "-s", connections.ToString(CultureInfo.InvariantCulture), "-m", Sample.ToString(CultureInfo.InvariantCulture),
                "-l", Bytes.ToString(CultureInfo.InvariantCulture), "-f", "status@heron.example", "-t", "ada@example.com", $"127.0.0.1:{port}",
            ]) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? Sample / Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException("smtp-source failed; run it by hand to see why.");
    }

    private static Message Message(int number) => new()
    {
        Key = number.ToString("x32", CultureInfo.InvariantCulture),
        Thread = number.ToString("x32", CultureInfo.InvariantCulture),
        Address = $"reader-{number}@example.com",
        Words = new()
        {
            Subject = "[Heron Copier] Homepage down: investigating",
            Text = "Homepage down\nInvestigating since 09:54 UTC (26 min).\nAffected: Homepage (major outage).\n\nThe homepage answers with an error.\n",
            Html = "<h1>Homepage down</h1><p>Investigating since 09:54 UTC (26 min).</p><p>Affected: Homepage (major outage).</p>",
            Facts = new() { PageId = "page", PageName = "Heron Copier", Id = "incident", Title = "Homepage down", Status = "investigating" },
        },
        UnsubscribeUrl = $"https://status.heron.example/unsubscribe/{number}",
    };

    private static async Task OpenAsync(int port, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (SocketException) when (i < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            }
        }
    }

    private static string? Find(string program) =>
        new[] { "/usr/sbin/", "/usr/lib/postfix/sbin/", "/usr/bin/" }.Select(folder => folder + program).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;

namespace Candor.SystemTests.Serve;

/// <summary>A collector receives what Candor measures, when the operator names one.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_reach_the_collector_that_the_environment_names()
    {
        var port = MainJob.RealServer.FreePort();
        using var collector = new HttpListener();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var received = collector.GetContextAsync();

        await using var candor = await CandorProcess.StartAsync(
            new CandorOptions
            {
                Environment = new Dictionary<string, string>
                {
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
                    ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                    ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                },
            },
            Ct);

        var request = await received.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.StartsWith("/v1/", request.Request.Url!.AbsolutePath, StringComparison.Ordinal);
        request.Response.Close();
    }
}

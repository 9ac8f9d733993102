namespace Candor.Probing.Icmp;

/// <summary>Sends echoes, one after another, until one comes back.</summary>
internal sealed class IcmpProbe(IcmpCheck check, ProbeTools tools) : IProbe
{
    private const string Echo = "echo";

    public static IProbe Open(IcmpCheck check, ProbeTools tools) => new IcmpProbe(check, tools);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, SendAsync, cancellation);

    private async ValueTask<Finding> SendAsync(Attempt attempt)
    {
        var packets = Math.Max(1, check.Packets);
        var address = (await Dial.AddressesAsync(tools.Network, check.Host, attempt))[0];
        attempt.Begin(Echo);
        for (var sent = 1; ; sent++)
        {
            using var patience = new CancellationTokenSource(attempt.Timeout / packets, tools.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token, patience.Token);
            try
            {
                var trip = await tools.Network.PingAsync(address, both.Token);
                attempt.Measurements.Add(new("round_trip", trip.TotalSeconds, "s"));
                attempt.Measurements.Add(new("lost", sent - 1, ""));
                return trip > check.Within
                    ? Finding.Slow($"answered after {Explain.Seconds(trip)}, expected within {Explain.Seconds(check.Within.Value)}")
                    : Finding.Good;
            }
            catch (OperationCanceledException) when (!attempt.Token.IsCancellationRequested)
            {
                if (sent == packets)
                {
                    return Finding.Bad(packets == 1 ? "no answer to a ping" : $"no answer to {packets} pings");
                }
            }
        }
    }
}

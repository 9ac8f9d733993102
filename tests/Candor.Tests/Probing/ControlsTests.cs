using System.Net;
using System.Net.Sockets;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Judging;
using Candor.Probing;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Effects;
using Candor.Tests.Pages;

namespace Candor.Tests.Probing;

public class ControlsTests
{
    private readonly ManualTimeProvider time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeNetwork network = new();
    private readonly List<ControlReading> said = [];

    [Fact]
    public void P_15_A_gateway_that_answers_and_one_that_does_not()
    {
        Assert.Equal([("gateway", true, "")], Ask("gateway"));
        network.Ping = _ => throw new SocketException((int)SocketError.HostUnreachable);
        Assert.Equal([("gateway", false, "the default gateway does not answer")], Ask("gateway"));
    }

    [Fact]
    public void Without_the_right_to_ping_a_refused_connection_shows_that_somebody_is_there()
    {
        network.Ping = _ => throw new PingUnavailableException("");
        Assert.Equal([("gateway", true, "")], Ask("gateway"));
        network.Connect = (_, _) => throw new SocketException((int)SocketError.TimedOut);
        Assert.Equal([("gateway", false, "the default gateway does not answer")], Ask("gateway"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    [InlineData(5, false)]
    public void P_18_A_resolver_counts_when_it_gives_definite_answers(int code, bool answered)
    {
        network.Exchange = (_, query, _) => new(
            Wire.Reply((ushort)((query[0] << 8) | query[1]), "example.com", DnsType.A, code));
        Assert.Equal([("resolvers", answered, answered ? "" : "no resolver answers")], Ask("resolvers"));
    }

    [Fact]
    public void P_18_A_resolver_that_is_ten_seconds_slow_does_not_count()
    {
        network.Exchange = async (_, _, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10), time, cancellation);
            throw new InvalidOperationException("it waited");
        };
        Assert.Equal([("resolvers", false, "no resolver answers")], Ask("resolvers"));
    }

    [Fact]
    public void A_place_of_the_operators_choice_counts_also_when_it_refuses()
    {
        Assert.Equal([("192.0.2.1:443", true, "")], Ask("192.0.2.1:443"));
        network.Connect = (_, _) => throw new SocketException((int)SocketError.NetworkUnreachable);
        Assert.Equal([("192.0.2.1:443", false, "192.0.2.1:443 does not answer")], Ask("192.0.2.1:443"));
        network.Connect = (_, _) => throw new EgressForbiddenException("no");
        Assert.Empty(Ask("192.0.2.1:443"));
    }

    [Fact]
    public void Something_bad_makes_it_ask_at_once_but_not_more_than_ten_times_a_second()
    {
        var (thread, stop) = (new OneThread(), new CancellationTokenSource());
        using var controls = Controls("gateway");
        var running = thread.Run(() => controls.RunAsync(stop.Token));
        Pass(thread, 2);
        Assert.Single(said);
        for (var i = 0; i < 20; i++)
        {
            controls.Soon();
            Pass(thread, 0.05);
        }

        Assert.InRange(said.Count, 6, 12);
        var asked = said.Count;
        Pass(thread, 30);
        Assert.InRange(said.Count - asked, 3, 4);
        stop.Cancel();
        thread.RunUntilIdle();
        Assert.True(running.IsCanceled);
        stop.Dispose();
    }

    private List<(string, bool, string)> Ask(string target)
    {
        said.Clear();
        var (thread, stop) = (new OneThread(), new CancellationTokenSource());
        using var controls = Controls(target);
        var running = thread.Run(() => controls.RunAsync(stop.Token));
        Pass(thread, 4);
        stop.Cancel();
        thread.RunUntilIdle();
        Assert.True(running.IsCanceled);
        stop.Dispose();
        return [.. said.Select(s => (s.Target, s.Answered, s.Reason))];
    }

    private Controls Controls(string target) => new(
        VantageId.Local,
        new(network, time, new SystemRandomness()) { Names = () => ResolverFiles.Read("nameserver 10.0.0.2", "") },
        () => [IPAddress.Parse("10.0.0.1")],
        (reading, _) =>
        {
            said.Add(reading);
            return ValueTask.CompletedTask;
        })
    {
        Targets = [target],
    };

    private void Pass(OneThread thread, double seconds)
    {
        for (var left = seconds; left > 1e-9; left -= 0.05)
        {
            time.Advance(TimeSpan.FromSeconds(0.05));
            thread.RunUntilIdle();
        }
    }
}

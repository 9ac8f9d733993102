using System.Net;
using System.Net.Sockets;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.State;

namespace Candor.Drills.Simulation;

/// <summary>
/// The network as one place sees it, in which the script decides what answers. It writes down what every look at a service
/// met.
/// </summary>
internal sealed class SimulatedNetwork(
    Script script, string place, VirtualTime time, SeededRandomness random, Ledger ledger) : INetwork
{
    public static readonly IPAddress Gateway = IPAddress.Parse("10.0.0.1");
    public static readonly IPEndPoint Resolver = new(IPAddress.Parse("10.0.0.2"), 53);

    private static readonly IReadOnlyList<IPAddress> Routes = [Gateway];
    private static readonly ResolverFiles Files = ResolverFiles.Empty with { Servers = [Resolver] };
    private static readonly TimeSpan ResolverPatience = TimeSpan.FromSeconds(1);

    public static ResolverFiles Names() => Files;

    public static IReadOnlyList<IPAddress> Gateways() => Routes;

    public async ValueTask<Resolution> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return new(NameAnswer.Found, [literal], [], "");
        }

        if (NamesFail())
        {
            await Task.Delay(ResolverPatience, time, cancellation);
            return new(NameAnswer.ResolverFailed, [], [], "no resolver answered");
        }

        await TravelAsync(cancellation);
        for (var i = 0; i < script.Services.Length; i++)
        {
            if (script.Services[i].Host == host)
            {
                return new(NameAnswer.Found, [new IPAddress([10, 1, 0, (byte)(i + 1)])], [], "");
            }
        }

        return new(NameAnswer.NoSuchName, [], [], $"{host} does not exist");
    }

    public async ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellation)
    {
        await MeetAsync(endpoint.Address, SocketError.ConnectionRefused, SocketError.ConnectionReset, cancellation);
        return Stream.Null;
    }

    public async ValueTask<byte[]> ExchangeAsync(
        IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, Func<ReadOnlyMemory<byte>, bool> accept, CancellationToken cancellation)
    {
        if (NamesFail() || !endpoint.Equals(Resolver))
        {
            await NeverAsync(cancellation);
        }

        await TravelAsync(cancellation);
        var reply = datagram.ToArray();
        (reply[2], reply[3]) = (0x81, 0x80); // an answer, recursion available, no error
        ledger.Answers.Add(time.Elapsed);
        return accept(reply) ? reply : throw new InvalidDataException("the question was not understood");
    }

    public async ValueTask<TimeSpan> PingAsync(IPAddress address, CancellationToken cancellation)
    {
        var began = time.Elapsed;
        if (!address.Equals(Gateway))
        {
            await MeetAsync(address, null, null, cancellation);
        }
        else if (script.IsBlind(place, time.Elapsed))
        {
            await NeverAsync(cancellation);
        }
        else
        {
            await TravelAsync(cancellation);
            ledger.Answers.Add(time.Elapsed);
        }

        return time.Elapsed - began;
    }

    private bool NamesFail() =>
        script.IsBlind(place, time.Elapsed)
        || (place == VantageId.Local.Value && script.IsOn(FaultKind.NoNames, time.Elapsed));

    /// <summary>Meets a service as it is at this moment.</summary>
    private async Task MeetAsync(
        IPAddress address, SocketError? whenRefused, SocketError? whenReset, CancellationToken cancellation)
    {
        var index = address.GetAddressBytes()[3] - 1;
        var service = script.Services[index].Name;
        var state = script.StateOf(service, place, time.Elapsed);
        var blind = script.IsBlind(place, time.Elapsed);
        var fault = blind ? null : state switch
        {
            FaultKind.Refuses => whenRefused,
            FaultKind.Resets => whenReset,
            _ => null,
        };
        var answers = !blind && state is null or FaultKind.Slow;
        try
        {
            await (state == FaultKind.Slow && !blind
                ? Task.Delay(random.Span(TimeSpan.FromSeconds(1.1), TimeSpan.FromSeconds(1.5)), time, cancellation)
                : TravelAsync(cancellation));
            if (fault is { } error)
            {
                throw new SocketException((int)error);
            }

            if (!answers)
            {
                await NeverAsync(cancellation);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            ledger.Met(service, good: false, time.Elapsed);
            throw;
        }

        ledger.Met(service, good: true, time.Elapsed);
    }

    private Task TravelAsync(CancellationToken cancellation) =>
        Task.Delay(random.Span(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(30)), time, cancellation);

    private Task NeverAsync(CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
}

using Candor.Access;
using Candor.Commands;
using Candor.Effects;
using Candor.Node;
using Candor.Pages.Serving;
using Candor.Testing;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Access;

/// <summary>The route tables as `serve` makes them, of a node that never runs.</summary>
internal static class RealDoors
{
    public static async Task<IReadOnlyList<RouteEndpoint>> RoutesAsync(CancellationToken cancellation)
    {
        var effects = new NodeEffects(new ManualTimeProvider(Cast.Now), new SystemRandomness(), new MemoryDisk(), null!)
        {
            OpenJournal = static _ => throw new IOException("not asked for"),
            OpenSamples = static _ => throw new IOException("not asked for"),
        };
        using var node = new Candor.Node.Node(new("data", "candor.yaml"), effects, NullLoggerFactory.Instance);
        await using var desk = await FrontDesk.OpenAsync(
            static () => new(new MemoryPeople().Open()), null, effects.Time, NullLogger.Instance, cancellation);
        var any = new ListenAddress(System.Net.IPAddress.Loopback, 0);
        await using var listeners = new Listeners(node, new Admission(ServingLimits.Default), any, any, new Logs(LogLevel.None, false, false), "test", desk);
        return [.. listeners.Routes.Cast<RouteEndpoint>()];
    }
}

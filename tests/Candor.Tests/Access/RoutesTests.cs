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

/// <summary>The real route tables of both doors.</summary>
public sealed class RoutesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_04_Every_route_of_both_doors_says_who_may_use_it()
    {
        var effects = new NodeEffects(new ManualTimeProvider(Cast.Now), new SystemRandomness(), new MemoryDisk(), null!)
        {
            OpenJournal = static _ => throw new IOException("not asked for"),
            OpenSamples = static _ => throw new IOException("not asked for"),
        };
        using var node = new Candor.Node.Node(new("data", "candor.yaml"), effects, NullLoggerFactory.Instance);
        await using var desk = await FrontDesk.OpenAsync(
            static () => new(new MemoryPeople().Open()), null, effects.Time, NullLogger.Instance, Ct);
        var any = new ListenAddress(System.Net.IPAddress.Loopback, 0);
        await using var listeners = new Listeners(node, new Admission(ServingLimits.Default), any, any, new Logs(LogLevel.None, false, false), "test", desk);

        var routes = listeners.Routes.Cast<RouteEndpoint>().ToList();

        Assert.Contains(routes, static route => route.RoutePattern.RawText == "/heartbeat/{token}");
        Assert.Contains(routes, static route => route.RoutePattern.RawText == "/metrics");
        Assert.All(routes, static route =>
        {
            var policy = Assert.Single(route.Metadata.OfType<AccessPolicy>());
            Assert.True(policy.Door == Door.Open ? policy.Why?.Length > 10 : policy.Needs is not null, $"{route.RoutePattern.RawText} gives no reason");
        });
    }
}

using Candor.Access;
using Microsoft.AspNetCore.Routing;

namespace Candor.Tests.Access;

/// <summary>The real route tables of both doors.</summary>
public sealed class RoutesTests
{
    [Fact]
    public async Task SEC_04_Every_route_of_both_doors_says_who_may_use_it()
    {
        var routes = await RealDoors.RoutesAsync(TestContext.Current.CancellationToken);

        Assert.Contains(routes, static route => route.RoutePattern.RawText == "/heartbeat/{token}");
        Assert.Contains(routes, static route => route.RoutePattern.RawText == "/metrics");
        Assert.All(routes, static route =>
        {
            var policy = Assert.Single(route.Metadata.OfType<AccessPolicy>());
            Assert.True(policy.Door == Door.Open ? policy.Why?.Length > 10 : policy.Needs is not null, $"{route.RoutePattern.RawText} gives no reason");
        });
    }

    /// <summary>Else a browser would show its reader a problem for programs, in English.</summary>
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/enter")]
    [InlineData("/subscriptions")]
    [InlineData("/subscriptions/{link}")]
    [InlineData("/subscriptions/{link}/{act}")]
    [InlineData("/unsubscribe/{link}")]
    [InlineData("/acknowledge/{link}")]
    public async Task Forms_of_readers_are_refused_with_a_page(string pattern)
    {
        var routes = await RealDoors.RoutesAsync(TestContext.Current.CancellationToken);

        Assert.Contains(routes, route => route.RoutePattern.RawText == pattern
            && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is ["POST"] && route.Metadata.GetMetadata<RefusalForm>() is not null);
    }
}

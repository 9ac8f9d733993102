using Candor.Notices.Channels.Email;
using Candor.Testing;

namespace Candor.Tests.Notices.Channels.Email;

/// <summary>Who gets a connection when several domains want one, in virtual time.</summary>
public sealed class ConnectionPlacesTests
{
    private const int Most = 8;
    private static readonly TimeSpan Tarpit = TimeSpan.FromSeconds(13);

    private readonly ManualTimeProvider time = new(NoticeWorld.Noon);
    private readonly ConnectionPlaces places;
    private readonly PriorityQueue<ConnectionPlace, TimeSpan> inHand = new();
    private readonly List<(string Domain, TimeSpan Needs, Task<ConnectionPlace> Place)> wanting = [];
    private readonly List<(string Domain, TimeSpan At)> done = [];
    private TimeSpan now;

    public ConnectionPlacesTests() => places = new(Most, time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_domains_that_are_slow_leave_the_others_their_connections(bool slowFirst)
    {
        // As many as a domain may have in hand at once.
        for (var i = 0; slowFirst && i < 6; i++)
        {
            Want("tarpit.example", Tarpit);
            Want("swamp.example", Tarpit);
        }

        for (var i = 0; i < 400; i++)
        {
            Want($"quick{i % 25}.example", TimeSpan.FromMilliseconds(50));
            if (!slowFirst && i % 60 == 0)
            {
                Want("tarpit.example", Tarpit);
                Want("swamp.example", Tarpit);
            }
        }

        await RunAsync(TimeSpan.FromMinutes(5));

        var quick = done.Where(static one => one.Domain.StartsWith("quick", StringComparison.Ordinal)).Select(static one => one.At).ToList();
        Assert.Equal(400, quick.Count);
        Assert.True(quick.Max() < TimeSpan.FromSeconds(5), $"the last of the quick ones went after {quick.Max().TotalSeconds:F1} s");
        Assert.DoesNotContain(wanting, static one => !one.Place.IsCompleted);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(3)]
    public async Task Where_everybody_is_at_one_domain_it_has_all_connections_however_slow_the_server_is(double seconds)
    {
        for (var i = 0; i < 161; i++)
        {
            Want("one.example", TimeSpan.FromSeconds(seconds));
        }

        await RunAsync(TimeSpan.FromMinutes(10));

        // The first one tells how long it takes.
        Assert.Equal(161, done.Count);
        Assert.InRange(now.TotalSeconds, 21 * seconds - 0.01, 21 * seconds + 0.2);
    }

    [Fact]
    public async Task Whoever_gives_up_takes_nothing_along()
    {
        using var gone = new CancellationTokenSource();
        var first = await places.EnterAsync("one.example", Ct);
        var second = places.EnterAsync("one.example", gone.Token);
        var third = places.EnterAsync("one.example", Ct);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Assert.False(third.IsCompleted);
        places.Leave(first);
        await third;
    }

    private void Want(string domain, TimeSpan needs) => wanting.Add((domain, needs, places.EnterAsync(domain, Ct)));

    /// <summary>Each keeps its place as long as it needs.</summary>
    private async Task RunAsync(TimeSpan most)
    {
        while (true)
        {
            foreach (var one in wanting.ToList())
            {
                if (one.Place.IsCompleted)
                {
                    inHand.Enqueue(await one.Place, now + one.Needs);
                    wanting.Remove(one);
                }
            }

            if (!inHand.TryDequeue(out var place, out var ends) || ends > most)
            {
                return;
            }

            time.Advance(ends - now);
            now = ends;
            done.Add((place.Domain, now));
            places.Leave(place);
        }
    }
}

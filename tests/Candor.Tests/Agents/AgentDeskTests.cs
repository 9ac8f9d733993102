using Candor.Access.Agents;
using Candor.Agents;
using Candor.Agents.Wire;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Effects;

namespace Candor.Tests.Agents;

public sealed class AgentDeskTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly Agent Eu = new(new("eu"), Now) { PublicKey = "key" };

    private static readonly World World = new Event[]
    {
        new PolicyConfigured(Now, Policy.Default with { Vantages = [VantageId.Local, new("eu")] }),
        new MonitorAdded(Now, new(new("web"), new("tcp", "web", "{}"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), JudgingRules.Default)),
    }.Aggregate(World.Empty, World.Fold);

    private readonly ManualTimeProvider time = new(Now);
    private readonly FakeDisk disk = new();
    private readonly List<Arrival> taken = [];
    private World world = World;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_that_was_taken_before_a_restart_is_not_taken_again()
    {
        using (var before = Open())
        {
            Assert.Equal(5, (await before.TakeAsync(Eu, Report(5), Ct)).Accepted);
        }

        using var after = Open();
        Assert.Equal(5, (await after.TakeAsync(Eu, Report(5), Ct)).Accepted);
        Assert.Equal([1, 0], taken.Select(static one => one.Measured.Length));

        // Another key is another agent, which counts from the beginning.
        Assert.Equal(1, (await after.TakeAsync(Eu with { PublicKey = "next" }, Report(1), Ct)).Accepted);
    }

    [Fact]
    public async Task A_full_disk_keeps_no_reading_out()
    {
        using var desk = Open();
        disk.IsFull = true;

        Assert.Equal(1, (await desk.TakeAsync(Eu, Report(1), Ct)).Accepted);
        Assert.Single(Assert.Single(taken).Measured);
    }

    [Fact]
    public async Task What_came_whole_is_handed_on_although_whoever_sent_it_hung_up()
    {
        using var desk = Open();
        using var hungUp = new CancellationTokenSource();
        await hungUp.CancelAsync();
        try
        {
            await desk.TakeAsync(Eu, Report(1), hungUp.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody is there to be answered.
        }

        Assert.Single(Assert.Single(taken).Measured);
        Assert.Equal(1, (await desk.TakeAsync(Eu, Report(1), Ct)).Accepted);
    }

    [Fact]
    public async Task A_book_that_is_damaged_is_begun_anew()
    {
        disk.Files["agents.json"] = "{half"u8.ToArray();

        using var desk = Open();
        Assert.Equal(1, (await desk.TakeAsync(Eu, Report(1), Ct)).Accepted);
    }

    [Fact]
    public async Task A_plan_comes_until_the_agent_goes_by_it_and_again_when_it_is_another()
    {
        using var desk = Open();

        var first = (await desk.TakeAsync(Eu, Report(1), Ct)).Plan!;
        Assert.Equal("web", Assert.Single(first.Checks).Monitor);
        Assert.Null((await desk.TakeAsync(Eu, Report(2) with { Plan = first.Id }, Ct)).Plan);
        world = World.Fold(world, new MonitorRemoved(Now, new("web")));
        Assert.Empty((await desk.TakeAsync(Eu, Report(3) with { Plan = first.Id }, Ct)).Plan!.Checks);
    }

    [Fact]
    public async Task An_agent_whose_place_the_settings_do_not_name_changes_nothing()
    {
        world = World.Fold(world, new PolicyConfigured(Now, Policy.Default));
        using var desk = Open();

        Assert.Empty((await desk.TakeAsync(Eu, Report(1), Ct)).Plan!.Checks);
        Assert.Empty(taken);
        Assert.Equal(Now, desk.StandingOf("eu")!.HeardAt);
    }

    private AgentDesk Open() => new(
        AgentBook.Load(disk, "agents.json"), () => world, static _ => null,
        (arrival, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            taken.Add(arrival);
            return ValueTask.CompletedTask;
        },
        time, new Cast.Chance());

    private static Report Report(long number)
    {
        var ms = Now.ToUnixTimeMilliseconds();
        return new("run", ms, 5_000, ms) { Chunk = new(number, "run") { Readings = [new("web", ms - 100, 4_900, "good")] } };
    }
}

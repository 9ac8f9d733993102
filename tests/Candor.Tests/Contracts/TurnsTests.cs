using System.IO.Pipelines;
using Candor.Effects;
using Candor.Pages.Serving;
using Candor.Testing;
using Candor.Tests.Contracts.Doors;
using Microsoft.AspNetCore.Connections;

namespace Candor.Tests.Contracts;

/// <summary>Nobody keeps a thread of others by asking again before the answer is out.</summary>
public sealed class TurnsTests : IDisposable
{
    private readonly LowPriorityThreads threads = new(1);
    private readonly ManualResetEventSlim mayGo = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => mayGo.Dispose();

    [Fact]
    public async Task Whoever_does_not_wait_for_answers_goes_on_behind_everybody_else()
    {
        var turns = await AskedAsync(100);
        for (var i = 0; i < Turns.InARow; i++)
        {
            Assert.True(Take(turns.ReadAsync(Ct), turns));
        }

        var holding = HoldAsync();
        var late = turns.ReadAsync(Ct);
        Assert.False(late.IsCompleted);
        mayGo.Set();
        await holding;
        turns.AdvanceTo((await late).Buffer.GetPosition(1));
    }

    [Fact]
    public async Task Whoever_waits_for_answers_is_answered_where_it_is_heard()
    {
        var (pipe, turns) = New();
        for (var i = 0; i < Turns.InARow * 5; i++)
        {
            var reading = turns.ReadAsync(Ct);
            Assert.False(reading.IsCompleted);
            await pipe.Writer.WriteAsync(new byte[1], Ct);
            Take(reading, turns);
        }
    }

    [Fact]
    public async Task Of_those_who_do_not_each_gets_one_look_a_turn()
    {
        var (one, other) = (await AskedAsync(100), await AskedAsync(100));
        var order = "";
        async Task LookAsync(Turns turns, string name)
        {
            for (var i = 0; i < Turns.InARow + 5; i++)
            {
                var read = await turns.ReadAsync(Ct);
                order += i < Turns.InARow ? "" : name;
                turns.AdvanceTo(read.Buffer.GetPosition(1));
            }
        }

        var holding = HoldAsync();
        var looking = Task.WhenAll(LookAsync(one, "a"), LookAsync(other, "b"));
        mayGo.Set();
        await Task.WhenAll(holding, looking);

        Assert.Equal("ababababab", order);
    }

    [Fact]
    public async Task The_kernel_lets_the_others_go_first()
    {
        var process = NiceOf("self");
        await threads.TurnAsync();
        Assert.Equal(Math.Min(19, process + LowPriorityThreads.Nice), NiceOf("thread-self"));

        // A thread begins with what the one had that started it.
        await new LowPriorityThreads(1).TurnAsync();
        Assert.Equal(Math.Min(19, process + LowPriorityThreads.Nice), NiceOf("thread-self"));
    }

    [Fact(Skip = ThreadTurns.NotHere, SkipUnless = nameof(ThreadTurns.AreKnown), SkipType = typeof(ThreadTurns))]
    public async Task Whoever_serves_pages_interrupts_what_gives_way()
    {
        var inherited = TimeSpan.Zero;
        var thread = new Thread(() =>
        {
            LibC.TakeShortTurns();
            var next = new Thread(() => inherited = ThreadTurns.Of("thread-self"));
            next.Start();
            next.Join();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(LibC.ShortTurn, inherited);

        await threads.TurnAsync();
        Assert.Equal(LibC.LongTurn, ThreadTurns.Of("thread-self"));
    }

    [Fact]
    public void A_thread_leaves_out_one_processor_where_there_is_another()
    {
        var (own, left) = (ThreadProcessors.Of("thread-self"), new List<int>());
        var thread = new Thread(() =>
        {
            LibC.LeaveAProcessor();
            left.AddRange(ThreadProcessors.Of("thread-self"));
        });
        thread.Start();
        thread.Join();

        Assert.Equal(own.Count > 1 ? own.SkipLast(1) : own, left);
        Assert.Equal(own, ThreadProcessors.Of("thread-self"));
    }

    [Fact]
    public async Task Connections_of_readers_are_counted_and_have_their_turns_and_those_of_operators_are_not()
    {
        await using var doors = new BothDoors();
        await doors.OpenAsync("page: { name: Heron }");

        using var read = await doors.Http.GetAsync(new Uri(doors.Readers, "/healthz"), Ct);
        Assert.Equal(1, doors.Admission.Connections);

        using var operated = await doors.Http.GetAsync(new Uri(doors.Operators, "/healthz"), Ct);
        Assert.Equal(1, doors.Admission.Connections);
    }

    [Fact]
    public async Task Whoever_is_let_in_is_read_in_turns()
    {
        var admission = new Admission(ServingLimits.Default);
        var connection = new DefaultConnectionContext("one", new Both(new Pipe().Reader, new Pipe().Writer), new Both(new Pipe().Reader, new Pipe().Writer));
        var before = connection.Transport;

        await admission.ServeAsync(connection, one =>
        {
            Assert.IsType<Turns>(one.Transport.Input);
            return Task.CompletedTask;
        });

        Assert.Same(before, connection.Transport);
    }

    private static int NiceOf(string who) =>
        int.Parse(File.ReadAllText($"/proc/{who}/stat").Split(") ")[^1].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Somebody who is having a turn, until the test lets go.</summary>
    private async Task HoldAsync()
    {
        await threads.TurnAsync();
        mayGo.Wait(Ct);
    }

    private (Pipe Pipe, Turns Turns) New()
    {
        // The reader goes on where it was written to, as it does on a socket's thread.
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        return (pipe, new(pipe.Reader, threads));
    }

    /// <summary>A connection on which much has been asked already.</summary>
    private async Task<Turns> AskedAsync(int bytes)
    {
        var (pipe, turns) = New();
        await pipe.Writer.WriteAsync(new byte[bytes], Ct);
        return turns;
    }

    private static bool Take(ValueTask<ReadResult> reading, Turns turns)
    {
        if (!reading.IsCompletedSuccessfully)
        {
            return false;
        }

        turns.AdvanceTo(reading.Result.Buffer.GetPosition(1));
        return true;
    }

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

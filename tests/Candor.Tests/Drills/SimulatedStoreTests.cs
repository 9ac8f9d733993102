using Candor.Drills.Simulation;
using Candor.Journal;
using Candor.Journal.Memory;

namespace Candor.Tests.Drills;

public sealed class SimulatedStoreTests
{
    private static readonly TimeSpan FailsAt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorksAt = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(5, true)]
    [InlineData(15, false)]
    [InlineData(25, true)]
    public void A_proof_fails_exactly_while_writes_do(int second, bool holds) => Under((thread, store) =>
    {
        thread.RunUntil(thread.Now + TimeSpan.FromSeconds(second).Ticks);

        var proof = Proved(store);
        thread.RunUntil(thread.Now + TimeSpan.FromSeconds(1).Ticks);

        Assert.Equal(holds ? TaskStatus.RanToCompletion : TaskStatus.Faulted, proof.Status);
        Assert.True(holds || proof.Exception!.InnerException is JournalFailedException);
    });

    [Fact]
    public void A_store_of_which_a_write_failed_proves_nothing_any_more() => Under((thread, store) =>
    {
        thread.RunUntil(thread.Now + FailsAt.Ticks);
        var write = Written(store);
        thread.RunUntil(thread.Now + WorksAt.Ticks);
        Assert.True(write.IsFaulted);

        var proof = Proved(store);
        thread.RunUntil(thread.Now + TimeSpan.FromSeconds(1).Ticks);

        Assert.True(proof.IsFaulted);
    });

    private static async Task Proved(SimulatedStore store) => await store.ProveAsync(CancellationToken.None);

    private static async Task Written(SimulatedStore store) => await store.AppendAsync(
        Position.Start, [new("demo.happened", "{}"u8.ToArray(), default, default)], default, CancellationToken.None);

    private static void Under(Action<VirtualThread, SimulatedStore> act)
    {
        var before = SynchronizationContext.Current;
        var thread = new VirtualThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            var script = new Script(TimeSpan.FromMinutes(1), [], [new(FaultKind.JournalFails, null, FailsAt, WorksAt)], "");
            act(thread, new(new MemoryJournalMedium(), script, new(thread, DateTimeOffset.UnixEpoch), new(1), new()));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}

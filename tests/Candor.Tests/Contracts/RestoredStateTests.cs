using System.Security.Cryptography;
using System.Text.Json;
using Candor.Commands.Backups;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Node;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;
using Candor.Tests.Pages.AsOf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Contracts;

/// <summary>What a restored journal adds up to, which is more than that its bytes are whole.</summary>
public sealed class RestoredStateTests : IDisposable
{
    private const int CommitsBefore = 40;

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly RandomFacts facts = new(34);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task P_34_A_backup_made_under_load_adds_up_to_the_states_of_the_original_at_every_position()
    {
        Directory.CreateDirectory(folder["data"]);
        var states = new Dictionary<Position, string>();
        await RunAsync("data", async journal =>
        {
            await CommitAsync(journal, states, [.. MadeUpWorld.Facts()]);
            await WriteAsync(journal, states, () => states.Count < CommitsBefore);
            var backup = Task.Run(() => Backup.MakeAsync(folder["data"], folder["backup.tar"], time, new Progress<(long, long)>(), Ct), Ct);
            await WriteAsync(journal, states, () => !backup.IsCompleted);
            await backup;
            await WriteAsync(journal, states, () => states.Count % 10 != 0);
        });

        // As if an earlier try had been killed before anything was in place.
        Directory.CreateDirectory(Path.Combine(folder["restored"], "restoring"));
        Assert.True(Restore.IsHalfDone(folder["restored"]));
        await Restore.RunAsync(folder["backup.tar"], folder["restored"], overwrite: false, time, new Progress<(long, long)>(), Ct);
        Assert.False(Restore.IsHalfDone(folder["restored"]));

        var (world, compared, last) = (World.Empty, 0, Position.Start);
        await using (var store = await SqliteJournalStore.OpenAsync(Path.Combine(folder["restored"], Backup.JournalName), Ct))
        {
            while (await store.ReadAsync(last, 500, Ct) is { Count: > 0 } page)
            {
                foreach (var stored in page)
                {
                    (world, last) = (World.Fold(world, Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt)), stored.Position);
                    if (states.TryGetValue(last, out var then))
                    {
                        compared++;
                        Assert.True(then == HashOf(world), $"the state at {last} is another one");
                    }
                }
            }
        }

        Assert.InRange(compared, CommitsBefore, states.Count);
        Assert.True(states.ContainsKey(last), "half of a commit was restored");
        await RunAsync("restored", journal =>
        {
            Assert.Equal((last, states[last]), (journal.Current.Position, HashOf(journal.State)));
            return Task.CompletedTask;
        });
    }

    private async Task RunAsync(string data, Func<Journal<World, Event>, Task> work)
    {
        using var stopping = new CancellationTokenSource();
        var journal = new Journal<World, Event>(
            async cancellation => await SqliteJournalStore.OpenAsync(Path.Combine(folder[data], Backup.JournalName), cancellation),
            new WorldFolding(time), null, time, JournalLimits.Default, NullLogger.Instance);
        var running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(Ct);
        try
        {
            await work(journal);
        }
        finally
        {
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(Journal<World, Event> journal, Dictionary<Position, string> states, Func<bool> goesOn)
    {
        while (goesOn())
        {
            time.Advance(facts.Pause());
            await CommitAsync(journal, states, [.. facts.Next(journal.State, time.GetUtcNow())]);
        }
    }

    private static async Task CommitAsync(Journal<World, Event> journal, Dictionary<Position, string> states, Event[] happened)
    {
        Assert.True((await journal.CommitAsync(_ => happened, Ct)).Accepted);
        states[journal.Current.Position] = HashOf(journal.State);
    }

    private static string HashOf(World world) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(world, JournalJson.Default.World)));
}

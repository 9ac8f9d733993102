using System.Text;
using Candor.Commands;
using Candor.Commands.Exports;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Pages;
using Candor.Pages.AsOf;
using Candor.State;
using Candor.Tests.Pages;
using Candor.Tests.Pages.AsOf;

namespace Candor.Tests.Contracts;

/// <summary>The way out and back: a page that was exported and put into an empty folder is the same page, also at every instant of its past.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_put_back_is_the_same_page_now_and_then(int seed)
    {
        var ends = await FillAsync("a", seed);
        var file = await ExportAsync("a");

        var returned = await new JournalReturn(file).ReadAsync(In("b"), static (_, _) => { }, Ct);

        Assert.True(returned.IsSealed);
        Assert.Equal(returned.Header.Events, returned.Added);
        await using var before = await SqliteJournalStore.OpenAsync(OfflineJournal.FileIn(In("a")), Ct);
        await using var after = await SqliteJournalStore.OpenAsync(OfflineJournal.FileIn(In("b")), Ct);
        Assert.Equal(before.Head, after.Head);
        foreach (var at in (DateTimeOffset[])[ends.AddYears(1), ends.AddMinutes(-30), MadeUpWorld.Start])
        {
            Assert.Equal(await PagesAsync(before, at), await PagesAsync(after, at));
        }
    }

    [Fact]
    public async Task Again_adds_nothing_and_what_broke_off_goes_on()
    {
        await FillAsync("a", 4);
        var file = await ExportAsync("a");
        await using (var begun = await Opened("b"))
        {
            await using var whole = await Opened("a");
            var some = await whole.ReadAsync(Position.Start, 7, Ct);
            foreach (var fact in some)
            {
                await begun.AppendAsync(begun.Head.Position, [new(fact.Kind, fact.Body, fact.OccurredAt, fact.ArrivedAt)], fact.CommittedAt, Ct);
            }
        }

        var first = await new JournalReturn(file).ReadAsync(In("b"), static (_, _) => { }, Ct);
        var again = await new JournalReturn(file).ReadAsync(In("b"), static (_, _) => { }, Ct);

        Assert.Equal((first.Header.Events - 7, true), (first.Added, first.IsSealed));
        Assert.Equal((0, true), (again.Added, again.IsSealed));
    }

    [Fact]
    public async Task A_folder_with_a_page_of_its_own_is_not_touched()
    {
        await FillAsync("a", 5);
        await FillAsync("b", 6);
        var file = await ExportAsync("a");
        var before = await File.ReadAllBytesAsync(OfflineJournal.FileIn(In("b")), Ct);

        await Assert.ThrowsAsync<CommandFault>(() => new JournalReturn(file).ReadAsync(In("b"), static (_, _) => { }, Ct));

        Assert.Equal(before, await File.ReadAllBytesAsync(OfflineJournal.FileIn(In("b")), Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("CUT")]
    [InlineData("GARBAGE")]
    public async Task A_damaged_file_changes_nothing(string damage)
    {
        await FillAsync("a", 7);
        var file = await ExportAsync("a");
        var lines = await File.ReadAllLinesAsync(file, Ct);
        await File.WriteAllLinesAsync(file, damage switch
        {
            "CUT" => lines[..^1],
            "GARBAGE" => [.. lines[..3], "{ \"kind\": 1 }", .. lines[4..]],
            _ => [damage],
        }, Ct);

        var fault = await Assert.ThrowsAsync<CommandFault>(() => new JournalReturn(file).ReadAsync(In("b"), static (_, _) => { }, Ct));

        Assert.Contains("nothing was changed", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("b")));
    }

    private string In(string name) => Path.Combine(folder.Path, name);

    private async Task<SqliteJournalStore> Opened(string name)
    {
        Directory.CreateDirectory(In(name));
        return await SqliteJournalStore.OpenAsync(OfflineJournal.FileIn(In(name)), Ct);
    }

    private async Task<string> ExportAsync(string name)
    {
        var file = In(name + ".jsonl");
        await using var stream = File.Create(file);
        await JournalExport.WriteAsync(In(name), stream, static (_, _) => { }, Ct);
        return file;
    }

    private async Task<DateTimeOffset> FillAsync(string name, int seed)
    {
        await using var store = await Opened(name);
        var (facts, world, clock) = (new RandomFacts(seed), World.Empty, MadeUpWorld.Start);
        await CommitAsync(MadeUpWorld.Facts());
        for (var step = 0; step < 40; step++)
        {
            clock += facts.Pause();
            await CommitAsync(facts.Next(world, clock));
        }

        return clock;

        async Task CommitAsync(IEnumerable<Event> happened)
        {
            var events = happened.ToList();
            world = events.Aggregate(world, World.Fold);
            if (events.Count > 0)
            {
                await store.AppendAsync(store.Head.Position, [.. events.Select(one => new NewEvent(Kinds.NameOf(one), Kinds.Encode(one), one.At, one.At))], clock, Ct);
            }
        }
    }

    private static async Task<string> PagesAsync(SqliteJournalStore store, DateTimeOffset at)
    {
        var (world, position) = (World.Empty, Position.Start);
        while (await store.ReadAsync(position, 500, Ct) is { Count: > 0 } page)
        {
            world = page.TakeWhile(fact => fact.CommittedAt <= at).Aggregate(world, (before, fact) => World.Fold(before, Kinds.Decode(fact.Kind, fact.Body.Span, fact.OccurredAt)));
            position = page[^1].Position;
        }

        var brief = new Brief(world, at) { IsPast = true };
        var all = new StringBuilder();
        foreach (var plan in Catalogue.FrontOf(brief).Concat(Catalogue.ArchiveOf(brief)))
        {
            all.Append(plan.Path).Append('\n').Append(Encoding.UTF8.GetString((await plan.Render(brief, Ct))!.Content));
        }

        return all.ToString();
    }
}

using Candor.Access;
using Candor.Attachments;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.State;
using Candor.State.Incidents;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Effects;
using Candor.Tests.Notices;
using Candor.Tests.State;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using static Candor.Tests.State.Told;

namespace Candor.Tests.Attachments;

/// <summary>What a journal says of the files beside it.</summary>
public sealed class AttachmentDeskTests : IAsyncDisposable
{
    private static readonly string Named = new('a', 64);
    private static readonly string Other = new('b', 64);

    private readonly FakeDisk disk = new();
    private readonly ManualTimeProvider time = new(T0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Journal<World, Event> journal;
    private readonly NamedFiles names = new();
    private readonly AttachmentDesk desk;
    private readonly Task running;

    public AttachmentDeskTests()
    {
        journal = new(
            static _ => new(new MemoryJournalStore(new MemoryJournalMedium())), new WorldFolding(time), null, time, JournalLimits.Default, NullLogger.Instance);
        running = journal.RunAsync(stopping.Token);
        disk.Files[$"/d/files/{Named}"] = [1];
        disk.Files[$"/d/files/{Other}"] = [2];
        var files = new FileStore(disk, "/d/files");
        desk = new(new(disk, "/d/uploads", files, FileLimits.Default, time), files, names, () => journal, time, NullLogger.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        desk.Dispose();
    }

    [Fact]
    public async Task Beside_a_journal_without_an_incident_no_file_goes_and_beside_one_with_an_incident_what_it_does_not_name()
    {
        await journal.WaitForOpenAsync(Ct);
        await SweepForDaysAsync();
        Assert.Equal(2, disk.Files.Count);

        await HappenAsync(Opened);
        await SweepForDaysAsync();
        Assert.Equal([$"/d/files/{Named}"], disk.Files.Keys);
    }

    [Fact]
    public async Task What_is_taken_away_between_two_sweeps_goes_with_the_next()
    {
        await journal.WaitForOpenAsync(Ct);
        await HappenAsync(Opened);
        var loop = desk.RunAsync(stopping.Token);
        await HappenAsync(new FileRemoved(T0, Id, 1, Named, Ann));

        time.Advance(FileLimits.Default.NothingGoesFor);
        await PostroomRig.UntilAsync(() => disk.Files.Count == 1);

        Assert.Equal([$"/d/files/{Other}"], disk.Files.Keys);
        await stopping.CancelAsync();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Which_words_name_a_file_is_found_out_once_for_each_change()
    {
        await journal.WaitForOpenAsync(Ct);
        await HappenAsync(Opened);
        Assert.Equal([Id], desk.Naming(journal.State, Named).Select(static one => one.Id));
        Assert.Empty(desk.Naming(journal.State, Other));
        Assert.Empty(desk.Naming(World.Empty, Named));
        Assert.Same(names.Naming(journal.State, Named), names.Naming(journal.State with { Requests = journal.State.Requests }, Named));

        await HappenAsync(new FileRemoved(T0, Id, 1, Named, Ann));
        Assert.Empty(desk.Naming(journal.State, Named));
    }

    [Fact]
    public async Task What_was_posted_under_a_key_is_answered_again_also_when_its_upload_is_gone()
    {
        await journal.WaitForOpenAsync(Ct);
        await HappenAsync(new RequestAnswered(T0, "key", "asked", Id.Value));
        var posts = new PostDesk(() => journal, new Cast.Chance(), time) { Attachments = () => desk };

        Assert.Equal([], await posts.FilesAsync(new DefaultHttpContext(), Asked("key"), [new("gone")]));
        var other = new DefaultHttpContext();
        Assert.Null(await posts.FilesAsync(other, Asked("another"), [new("gone")]));
        Assert.Equal(422, other.Response.StatusCode);
    }

    private static PostRequest<UpdateBody> Asked(string key) => new(Cast.Holding(TokenScope.Post), new(), key, "asked", null);

    private static IncidentOpened Opened => new(T0, Id, "Mail is late", T0, Automatic: false, Published: true, "See below.", [])
    {
        Files = [new(Named, "a.log", "text/plain; charset=utf-8", 1)],
    };

    private async Task SweepForDaysAsync()
    {
        for (var day = 0; day < 3; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            await desk.SweepAsync(Ct);
        }
    }

    private async Task HappenAsync(Event happened) => Assert.True((await journal.CommitAsync(_ => (Event[])[happened], Ct)).Accepted);
}

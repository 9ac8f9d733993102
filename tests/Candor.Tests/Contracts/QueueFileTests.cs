using System.Text;
using System.Text.Json;
using Candor.Journal.Sqlite;
using Candor.Notices.Queue;
using Candor.Notices.Queue.Sqlite;
using Candor.Notices.Streams;
using Candor.State;
using SQLitePCL;

namespace Candor.Tests.Contracts;

public sealed class QueueFileTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 2_000;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Topic Outage = Topic.Of(new IncidentId("outage000000"));

    private readonly TemporaryFolder folder = new();

    /// <summary>Each notice of a crowd is three rows, and each pause of the collector is felt by whoever reads the page.</summary>
    [Fact]
    public void A_row_is_written_without_anything_that_is_thrown_away()
    {
        using var file = new QueueFile(Database.OpenWriter(folder["webhook.db"]));
        var begun = Enumerable.Range(1, Rows).Select(static number => Pending(number).Begin("webhook", Noon)).ToList();
        file.Write(begun, new(1));
        var before = GC.GetAllocatedBytesForCurrentThread();

        file.Write(begun, new(2));

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Rows;
        output.WriteLine($"{bytes} bytes for each row");
        Assert.InRange(bytes, 0, 64);
    }

    /// <summary>Long ones, short ones and such as are not ASCII, in one write: each row has its own bytes and nothing of the one before.</summary>
    [Fact]
    public void What_is_stored_is_the_stream_as_it_is_and_no_byte_else()
    {
        NoticeStream[] streams =
        [
            Pending(1),
            Pending(2).Begin("webhook", Noon).Fail(Noon, "refused", new string('ü', 2_000)),
            Pending(3).Begin("webhook", Noon).Deliver(Noon.AddMinutes(1), "250 <OK> & „danke“", "r-1", automatic: true, Impact.Major),
            Pending(4) with { Subscriber = new("ü" + new string('s', 300)) },
            Pending(5),
        ];
        using (var file = new QueueFile(Database.OpenWriter(folder["webhook.db"])))
        {
            file.Write(streams, new(1));
            var read = new List<NoticeStream>();
            file.Load(read.Add);
            Assert.Equal(streams.Select(static one => one.Subscriber).ToHashSet(), read.Select(static one => one.Subscriber).ToHashSet());
        }

        var stored = new Dictionary<SubscriberId, string>();
        using var database = Database.OpenReader(folder["webhook.db"]);
        using var all = new Statement(database, "SELECT subscriber, body FROM stream;");
        all.Each(row =>
        {
            stored[new(raw.sqlite3_column_text(row, 0).utf8_to_string())] = Encoding.UTF8.GetString(raw.sqlite3_column_blob(row, 1));
            return true;
        });
        Assert.Equal(streams.Length, stored.Count);
        Assert.All(streams, one => Assert.Equal(JsonSerializer.Serialize(one, QueueJson.Default.NoticeStream), stored[one.Subscriber]));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>As a build wrote it that kept a stream in one piece.</summary>
    [Fact]
    public void A_row_that_says_everything_is_read_and_written_to_the_byte()
    {
        const string row = """
            {"subscriber":"sub000000001","topic":"incident:outage000000","pieces":[{"seq":1,"at":"2026-03-02T12:00:00+00:00","state":"sent","settled_at":"2026-03-02T12:00:05+00:00","tries":1,"said":"250 OK"},{"seq":2,"at":"2026-03-02T12:10:00+00:00"}],"attempt":{"from":2,"to":2,"key":"0123456789abcdef0123456789abcdef","started_at":"2026-03-02T12:12:00+00:00","together":true},"tries":2,"first_try_at":"2026-03-02T12:11:00+00:00","tried_for":"00:01:00","not_before":"2026-03-02T12:13:00+00:00","crashes":1,"may_know":true,"handed_over_at":"2026-03-02T12:00:05+00:00","handed_over_late":"00:00:05","last_automatic":true,"last_impact":"major","reason":"timeout","said":"450 later","receipt":"\u003C1@candor\u003E"}
            """;

        var stream = JsonSerializer.Deserialize(row, QueueJson.Default.NoticeStream)!;

        Assert.Equal(row, JsonSerializer.Serialize(stream, QueueJson.Default.NoticeStream));
        Assert.Equal((2, 1, "450 later"), (stream.Tries, stream.Crashes, stream.Said));
    }

    private static NoticeStream Pending(int number) => new NoticeStream(new($"sub{number:000000000}"), Outage).Accept([new(1, Noon, PieceState.Pending)]);
}

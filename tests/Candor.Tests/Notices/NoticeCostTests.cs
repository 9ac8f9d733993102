using System.Buffers;
using System.IO.Pipelines;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.Notices.Subscribers;
using Candor.Notices.Wording;
using Candor.Notices.Workers;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>
/// What the core allocates for one notice of a crowd beside the outbox and the queue, from the links to the answer; see
/// <see cref="CrowdCostTests"/>. Nothing here is more than twice what the notice itself is made of. A link takes up to 48 bytes
/// more where the runtime has not yet compiled the putting together of texts to the end.
/// </summary>
public sealed class NoticeCostTests(ITestOutputHelper output)
{
    private const int Crowd = 2_000;
    private const int AtOnce = 200;
    private const string Secret = "c2VjcmV0IG9mIHR3ZW50eSBieXRlcw";
    private static readonly World Told = World.Fold(Start(Crowd), Opens(Noon));
    private static readonly IReadOnlyList<NoticeStream> Begun = [.. Enumerable.Range(1, Crowd).Select(Started)];
    private static readonly string[] Keys = [.. Begun.Select(static stream => stream.Attempt!.Key)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Two addresses, the name of their thread, what it is written from, and the message itself.</summary>
    [Fact]
    public void A_message_is_what_is_one_persons_in_it()
    {
        var messages = Messages();

        IsAtMost("each message", 1_300, () => messages = Messages());

        Assert.Equal(Crowd, messages.Select(static message => message.Text).Distinct().Count());
    }

    [Fact]
    public void A_link_is_its_proof_and_its_address()
    {
        var link = Link(1, LinkUse.Leave);

        IsAtMost("each link", 460, () =>
        {
            for (var i = 1; i <= Crowd; i++)
            {
                link = Link(i, LinkUse.Leave);
            }
        });

        Assert.StartsWith($"https://status.example.com/unsubscribe/{IdOf(Crowd)}.", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_goes_into_the_pipe_without_anything_that_is_thrown_away()
    {
        using var pipe = new FramePipe(PipeReader.Create(Stream.Null), Stream.Null);
        var (frames, written) = (Messages().Take(AtOnce).Select(static message => new WorkerFrame { Work = message }).ToArray(), 0);
        Array.ForEach(frames, Write);
        await pipe.SendAsync(Ct);

        IsAtMost("each frame", 16, () => Array.ForEach(frames, Write), AtOnce);

        Assert.Equal(2 * AtOnce, written);

        void Write(WorkerFrame frame) => written += pipe.Write(frame) ? 1 : 0;
    }

    /// <summary>That it was begun, and what came of it.</summary>
    [Fact]
    public async Task What_comes_back_is_what_it_says()
    {
        using var said = new MemoryStream();
        using var host = new FramePipe(PipeReader.Create(Stream.Null), said);
        foreach (var key in Keys)
        {
            host.Write(new() { Begun = key });
            host.Write(new() { Done = new(key, Handover.Delivered("250 2.0.0 OK"), TimeSpan.FromMilliseconds(3)) });
        }

        await host.SendAsync(Ct);
        var bytes = said.ToArray();
        Assert.Equal(Crowd, Heard(bytes));

        IsAtMost("each notice", 600, () => Heard(bytes));
    }

    private static int Heard(byte[] bytes)
    {
        using var pipe = new FramePipe(PipeReader.Create(new ReadOnlySequence<byte>(bytes)), Stream.Null);
        var heard = 0;
        foreach (var key in Keys)
        {
            heard += Next(pipe).Begun == key && Next(pipe).Done is { Handover.Said: "250 2.0.0 OK" } done && done.Key == key ? 1 : 0;
        }

        return heard;
    }

    /// <summary>All of it is there, so nobody waits.</summary>
    private static WorkerFrame Next(FramePipe pipe)
    {
        var read = pipe.ReadAsync(CancellationToken.None);
        return read.IsCompletedSuccessfully ? read.Result! : throw new InvalidOperationException("Not all of it is there.");
    }

    private static Message[] Messages()
    {
        var (words, messages) = (new RecentWords(), new Message[Crowd]);
        for (var i = 0; i < Crowd; i++)
        {
            var stream = Begun[i];
            var order = new MessageOrder(Told, Told.Subscribers[stream.Subscriber], stream, Noon)
            {
                Channel = Channel, Address = "https://receiver.example/", ManageUrl = Link(i + 1, LinkUse.Manage), UnsubscribeUrl = Link(i + 1, LinkUse.Leave),
            };
            messages[i] = MessageWriter.Write(order, words.Of(order));
        }

        return messages;
    }

    private static string Link(int number, LinkUse use) => SubscriptionLink.Of(IdOf(number), Secret, use).On(Told.Page, use)!;

    private static NoticeStream Started(int number) =>
        new NoticeStream(IdOf(number), OutageTopic).Accept([new(1, Noon, PieceState.Pending)]).Begin(Channel, Noon);

    private void IsAtMost(string what, int most, Action action, int many = Crowd)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / many;
        output.WriteLine($"{bytes} bytes for {what}");
        Assert.InRange(bytes, 0, most);
    }
}

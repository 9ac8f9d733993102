using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Candor.Notices.Channels;
using Candor.Notices.Workers;

namespace Candor.Tests.Notices.Workers;

/// <summary>What crosses between the core and the process of a channel.</summary>
public sealed class FramePipeTests
{
    private readonly Pipe between = new(new(pauseWriterThreshold: 0));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_many_messages_say_crosses_once()
    {
        var (core, said) = (Core(), Words(0, new string('x', 10_000)));
        var messages = Enumerable.Range(0, 100).Select(number => Message(number, said)).ToList();
        Assert.All(messages, message => Assert.True(core.Write(new() { Work = message })));
        Assert.InRange(core.Waiting, 10_000, 60_000);
        await core.SendAsync(Ct);

        var heard = await HeardAsync(messages.Count);

        Assert.Equal(messages.Select(static message => (message.Key, message.Text)), heard.Select(static message => (message.Key, message.Text)));
        Assert.All(heard, message => Assert.Same(heard[0].Words, message.Words));
        Assert.All(heard, static message => Assert.Contains(message.ManageUrl!, message.Text, StringComparison.Ordinal));
    }

    /// <summary>More things at a time than there are places, said by turns: each message has its own words all the same.</summary>
    [Fact]
    public async Task Whatever_is_said_by_turns_each_message_says_its_own()
    {
        var (core, random) = (Core(), new Random(7));
        var words = Enumerable.Range(0, 40).Select(number => Words(number, $"Что случилось {number} “<&>”\n")).ToList();
        var messages = Enumerable.Range(0, 500).Select(number => Message(number, words[random.Next(words.Count)])).ToList();
        Assert.All(messages, message => Assert.True(core.Write(new() { Work = message })));
        await core.SendAsync(Ct);

        Assert.Equal(messages.Select(static message => (message.Key, message.Text, message.Subject, message.Facts.Id)), (await HeardAsync(messages.Count)).Select(static message => (message.Key, message.Text, message.Subject, message.Facts.Id)));
    }

    [Fact]
    public async Task Words_that_are_too_large_are_refused_with_their_message_and_the_next_ones_cross()
    {
        var core = Core();
        Assert.True(core.Write(new() { Work = Message(1, Words(1, "small")) }));
        Assert.False(core.Write(new() { Work = Message(2, Words(2, new string('x', 5_000_000))) }));
        Assert.False(core.Write(new() { Work = Message(3, Words(3, "small")) with { Earlier = new string('x', 5_000_000) } }));
        Assert.True(core.Write(new() { Work = Message(4, Words(4, "last")) }));
        await core.SendAsync(Ct);

        Assert.Equal(["small", "last"], (await HeardAsync(2)).Select(static message => message.Words.Text));
    }

    [Theory]
    [InlineData("""{"work":{"key":"k","thread":"t","address":"a"}}""")]
    [InlineData("""{"work":{"key":"k","thread":"t","address":"a"},"place":16}""")]
    [InlineData("""{"work":{"key":"k","thread":"t","address":"a"},"place":-1}""")]
    [InlineData("""{"ready":true} {"ready":true}""")]
    [InlineData("""{"ready":true""")]
    [InlineData("null")]
    [InlineData("""{"done":"k"}""")]
    [InlineData("""{"done":{"key":"k"}}""")]
    [InlineData("""{"done":[null,null]}""")]
    [InlineData("""{"done":["k"]}""")]
    [InlineData("""{"done":["k",null,0,0,"",""]}""")]
    [InlineData("""{"done":["k",null,0,0,"","",null,false,false,false,false,null,0]}""")]
    [InlineData("""{"done":["k",null,0,0,"",7,null,false,false,false,false,null]}""")]
    public async Task What_is_no_frame_is_said_to_be_none(string json)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(json)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(json, bytes.AsSpan(4));
        await between.Writer.WriteAsync(bytes, Ct);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await Host().ReadAsync(Ct));
    }

    /// <summary>Every member of it has another value than one that was left out would have.</summary>
    private static Handover All => new()
    {
        End = HandoverEnd.Refused, Blame = Blame.Recipient, Reason = "mailbox_full", Said = "452 „voll“ \"<&>\"", RetryAfter = TimeSpan.FromSeconds(7),
        Stress = true, Removes = true, MayBeOwn = true, Ambiguous = true, Receipt = "r-1",
    };

    [Fact]
    public async Task An_answer_comes_as_it_was_said()
    {
        WorkerAnswered[] answers = [new("threw", null), new("told", Handover.Delivered("250 OK"), TimeSpan.FromMilliseconds(3)), new("all", All, TimeSpan.FromMinutes(2))];
        var (process, core) = (new FramePipe(PipeReader.Create(Stream.Null), between.Writer.AsStream()), Host());
        foreach (var said in answers)
        {
            await process.SayAsync(new() { Done = said }, Ct);

            Assert.Equal(said, (await core.ReadAsync(Ct))!.Done);
        }
    }

    [Fact]
    public void No_member_of_a_handover_is_left_out_where_they_are_tried()
    {
        var nothing = new Handover { End = default };
        Assert.All(typeof(Handover).GetProperties(), member => Assert.NotEqual(member.GetValue(nothing), member.GetValue(All)));
    }

    /// <summary>A pipe hands over bytes in whatever pieces it likes, and ends where it likes.</summary>
    [Fact]
    public async Task Frames_come_whole_however_their_bytes_come()
    {
        using var written = new MemoryStream();
        var core = new FramePipe(PipeReader.Create(Stream.Null), written);
        core.Write(new() { Begun = "one" });
        core.Write(new() { Work = Message(2, Words(2, "two")) });
        core.Write(new() { Done = new("three", Handover.Delivered("250 OK")) });
        core.Write(new() { Begun = "cut off" });
        await core.SendAsync(Ct);
        var (host, heard) = (Host(), new List<string>());
        var hearing = Task.Run(
            async () =>
            {
                while (await host.ReadAsync(Ct) is { } frame)
                {
                    heard.Add(frame.Begun ?? frame.Done?.Key ?? frame.Work!.Words.Text);
                }
            },
            Ct);
        foreach (var one in written.ToArray().SkipLast(1))
        {
            await between.Writer.WriteAsync(new[] { one }, Ct);
        }

        await between.Writer.CompleteAsync();
        await hearing;

        Assert.Equal(["one", "two", "three"], heard);
    }

    private async Task<List<Message>> HeardAsync(int count)
    {
        var (host, heard) = (Host(), new List<Message>());
        while (heard.Count < count)
        {
            heard.Add((await host.ReadAsync(Ct))!.Work!);
        }

        return heard;
    }

    private FramePipe Core() => new(PipeReader.Create(Stream.Null), between.Writer.AsStream());

    private FramePipe Host() => new(between.Reader, Stream.Null);

    private static Message Message(int number, MessageWords words) => new() { Key = $"key{number}", Thread = "thread", Address = "somewhere", Words = words, ManageUrl = $"https://status.example.com/{number}" };

    private static MessageWords Words(int number, string text) => new()
    {
        Subject = $"Subject {number}",
        Text = text,
        Facts = new() { PageId = "p", PageName = "Heron", Id = $"i{number}", Title = "Title", Status = "investigating" },
        LinksFollow = true,
    };
}

using System.Collections.Immutable;
using System.IO.Pipelines;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Workers;

namespace Candor.Tests.Notices.Workers;

/// <summary>The process of a channel, spoken with as the core does.</summary>
public sealed class ChannelHostTests
{
    private readonly Pipe toHost = new();
    private readonly Pipe fromHost = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_begins_and_answers_and_what_nobody_foresaw_is_an_answer_without_an_outcome()
    {
        var running = Host().RunAsync(new(toHost.Reader, fromHost.Writer.AsStream()), Ct);
        var core = Core();
        await core.SayAsync(new() { Hello = new(ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"), []) }, Ct);
        Assert.True((await core.ReadAsync(Ct))!.Ready);

        await core.SayAsync(new() { Work = Message("well") }, Ct);
        Assert.Equal("well", (await core.ReadAsync(Ct))!.Begun);
        var done = (await core.ReadAsync(Ct))!.Done!;
        Assert.Equal(("well", HandoverEnd.TryAgain, Blame.Destination, "busy"), (done.Key, done.Handover!.End, done.Handover.Blame, done.Handover.Reason));
        Assert.NotNull(done.Took);
        Assert.Equal((TimeSpan.FromSeconds(7), true), (done.Handover.RetryAfter!.Value, done.Handover.Stress));

        await core.SayAsync(new() { Work = Message("told") }, Ct);
        Assert.Equal("told", (await core.ReadAsync(Ct))!.Begun);
        Assert.Equal(HandoverEnd.Delivered, (await core.ReadAsync(Ct))!.Done!.Handover!.End);

        await core.SayAsync(new() { Work = Message("bad") }, Ct);
        Assert.Equal("bad", (await core.ReadAsync(Ct))!.Begun);
        Assert.Null((await core.ReadAsync(Ct))!.Done!.Handover);

        await toHost.Writer.CompleteAsync();
        await running;
    }

    [Fact]
    public async Task Nothing_is_handed_over_before_the_core_can_know_that_it_was_begun()
    {
        // A pipe that takes nothing until somebody reads: as long as the core has not heard of it, nothing leaves.
        var narrow = new Pipe(new(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var sent = new List<string>();
        var running = Host(sent).RunAsync(new(toHost.Reader, narrow.Writer.AsStream()), Ct);
        var core = new FramePipe(narrow.Reader, toHost.Writer.AsStream());
        await core.SayAsync(new() { Hello = new(ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"), []) }, Ct);
        await core.SayAsync(new() { Work = Message("told") }, Ct);
        for (var i = 0; i < 1_000; i++)
        {
            await Task.Yield();
        }

        Assert.Empty(sent);
        Assert.True((await core.ReadAsync(Ct))!.Ready);
        Assert.Equal("told", (await core.ReadAsync(Ct))!.Begun);
        Assert.Equal("told", (await core.ReadAsync(Ct))!.Done!.Key);
        Assert.Equal(["told"], sent);

        await toHost.Writer.CompleteAsync();
        await running;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_stranger_entered_goes_by_a_channel_that_gets_out_to_public_networks_only(bool connectsToAddresses)
    {
        var ways = new List<string>();
        var host = new ChannelHost(
            new Kind(ways) { ConnectsToAddresses = connectsToAddresses },
            static settings => new(null!, null!, settings.Allow.IsEmpty ? null! : new Candor.Effects.SystemRandomness()),
            new Candor.Testing.ManualTimeProvider(NoticeWorld.Noon));
        var running = host.RunAsync(new(toHost.Reader, fromHost.Writer.AsStream()), Ct);
        var core = Core();
        await core.SayAsync(new() { Hello = new(ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"), ["10.0.0.0/8"]) }, Ct);
        Assert.True((await core.ReadAsync(Ct))!.Ready);

        var said = new List<string>();
        foreach (var message in (Message[])[Message("told"), Message("told") with { PublicOnly = true }, Message("forbidden") with { PublicOnly = true }])
        {
            await core.SayAsync(new() { Work = message }, Ct);
            await core.ReadAsync(Ct);
            said.Add((await core.ReadAsync(Ct))!.Done!.Handover!.Said);
        }

        // A server of the settings is the owner's choice, whoever is to be reached by it.
        var second = connectsToAddresses ? "public only" : "allowed";
        Assert.Equal(["allowed", second, second], ways.Select(static way => way.Split(':')[0]));
        Assert.Contains("a reader entered this address", said[2], StringComparison.Ordinal);
        await toHost.Writer.CompleteAsync();
        await running;
    }

    [Fact]
    public async Task Whoever_does_not_speak_as_the_core_does_is_told_so()
    {
        var running = Host().RunAsync(new(toHost.Reader, fromHost.Writer.AsStream()), Ct);
        await toHost.Writer.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Ct);

        await Assert.ThrowsAsync<InvalidDataException>(() => running);
    }

    private static ChannelHost Host(List<string>? sent = null) => new(new Kind(sent ?? []), static _ => null!, new Candor.Testing.ManualTimeProvider(NoticeWorld.Noon));

    private FramePipe Core() => new(fromHost.Reader, toHost.Writer.AsStream());

    private static Message Message(string key) => new()
    {
        Key = key,
        Thread = "thread",
        Address = "somewhere",
        Words = new()
        {
            Subject = "Subject",
            Text = "Text",
            Facts = new() { PageId = "p", PageName = "Heron", Id = "i", Title = "Title", Status = "investigating" },
        },
    };

    private sealed class Kind(List<string> sent) : IChannelKind
    {
        public string Name => "fake";

        public ChannelTiming Timing { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));

        public (string? Address, Refusal? Refusal) ReadAddress(string text) => (text, null);

        public bool ConnectsToAddresses { get; init; }

        public string DestinationOf(string address) => address;

        public IChannel Open(ChannelSettings settings, ChannelTools tools)
        {
            Assert.Equal("b", settings["a"]);
            return new Fake(sent, tools is null ? "" : tools.Randomness is null ? "public only:" : "allowed:");
        }
    }

    private sealed class Fake(List<string> sent, string way) : IChannel
    {
        public Task<Handover> SendAsync(Message message, CancellationToken cancellation)
        {
            sent.Add(way + message.Key);
            return message.Key == "bad"
                ? throw new InvalidOperationException("a defect")
                : message.Key == "forbidden" ? Task.FromResult(Handover.Refused(Blame.Recipient, "forbidden", "10.0.0.1 is private"))
                : Task.FromResult(message.Key == "told" ? Handover.Delivered("200 OK") : Handover.TryAgain(Blame.Destination, "busy", "503", TimeSpan.FromSeconds(7), stress: true));
        }

        public ValueTask DisposeAsync() => default;
    }
}

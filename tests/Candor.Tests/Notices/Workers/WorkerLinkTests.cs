using System.Threading.Channels;
using Candor.Notices.Channels;
using Candor.Notices.Workers;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Notices.Workers;

/// <summary>What the core hears of a process that it speaks with.</summary>
public sealed class WorkerLinkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_message_that_is_too_large_is_refused_alone_and_the_process_goes_on()
    {
        var (news, starts) = (Channel.CreateUnbounded<WorkerNews>(), 0);
        var link = new WorkerLink(
            "fake",
            () =>
            {
                starts++;
                return new StubProcess(static _ => Handover.Delivered("200"));
            },
            heard => news.Writer.TryWrite(heard), new(1), new ManualTimeProvider(NoticeWorld.Noon), NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        var running = link.RunAsync(static () => ChannelSettings.None, stopping.Token);
        Assert.Equal(new WorkerReady(1), await news.Reader.ReadAsync(Ct));

        link.Send(1, Message("large", new string('я', 3_000_000)));
        link.Send(1, Message("small", "Text"));

        var refused = Assert.IsType<WorkerAnswered>(await news.Reader.ReadAsync(Ct));
        Assert.Equal(("large", HandoverEnd.Refused, Blame.Recipient, "too_large"), (refused.Key, refused.Handover!.End, refused.Handover.Blame, refused.Handover.Reason));
        Assert.Equal(new WorkerBegan("small"), await news.Reader.ReadAsync(Ct));
        Assert.Equal("small", Assert.IsType<WorkerAnswered>(await news.Reader.ReadAsync(Ct)).Key);
        Assert.Equal(1, starts);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_meant_for_a_process_that_has_ended_reaches_no_other_one()
    {
        var (news, time, processes) = (Channel.CreateUnbounded<WorkerNews>(), new ManualTimeProvider(NoticeWorld.Noon), new List<StubProcess>());
        var link = new WorkerLink(
            "fake",
            () =>
            {
                processes.Add(new(static _ => Handover.Delivered("200")));
                return processes[^1];
            },
            heard => news.Writer.TryWrite(heard), new(1), time, NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        var running = link.RunAsync(static () => ChannelSettings.None, stopping.Token);
        Assert.Equal(new WorkerReady(1), await news.Reader.ReadAsync(Ct));
        processes[0].Kill();
        Assert.IsType<WorkerEnded>(await news.Reader.ReadAsync(Ct));
        while (processes.Count < 2)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(new WorkerReady(2), await news.Reader.ReadAsync(Ct));

        link.Replace(1);
        link.Send(1, Message("early", "Text"));
        link.Send(2, Message("late", "Text"));

        Assert.Equal(new WorkerBegan("late"), await news.Reader.ReadAsync(Ct));
        Assert.False(processes[1].IsKilled);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static Message Message(string key, string text) => new()
    {
        Key = key,
        Thread = "thread",
        Address = "somewhere",
        Words = new()
        {
            Subject = "Subject",
            Text = text,
            Facts = new() { PageId = "p", PageName = "Heron", Id = "i", Title = "Title", Status = "investigating" },
        },
    };
}

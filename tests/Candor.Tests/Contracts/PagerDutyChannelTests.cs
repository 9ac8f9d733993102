using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Channels.PagerDuty;

namespace Candor.Tests.Contracts;

/// <summary>Several events for one message, on a real socket.</summary>
public sealed class PagerDutyChannelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "the alert of the test was raised and not resolved, so resolve it there; 429 Slower")]
    [InlineData(false, "429 Slower")]
    public async Task A_test_that_raised_its_alert_and_could_not_resolve_it_says_so(bool isTest, string said)
    {
        var answered = 0;
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            await LocalListener.HeadAsync(stream, cancellation);
            var status = Interlocked.Increment(ref answered) == 1 ? "202 Accepted" : "429 Slower";
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellation);
        });
        await using var channel = new PagerDutyKind().Open(
            ChannelSettings.None with { Values = ChannelSettings.None.Values.Add("server", server.Http.ToString()) },
            new(Looking.Tools(Looking.Local).Network, TimeProvider.System, new SystemRandomness()));

        var handover = await channel.SendAsync(
            new()
            {
                Key = new('a', 32), Thread = new('b', 32), Address = new('c', 32), GoesOnInThread = isTest ? null : new('d', 32),
                Words = new()
                {
                    Subject = "Homepage is down",
                    Text = "Text",
                    Facts = new() { About = isTest ? MessageSubject.Test : MessageSubject.Incident, PageId = "p", PageName = "Heron", Id = "i", Title = "Homepage", Status = "investigating", ContinuesIn = new("o", "Other") },
                },
            },
            Ct);

        Assert.Equal((HandoverEnd.TryAgain, said, 2), (handover.End, handover.Said, answered));
    }
}

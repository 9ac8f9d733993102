using Candor.Notices.Channels;
using Candor.Notices.Workers;

namespace Candor.Tests.Notices.Workers;

internal static class Saying
{
    public static async Task SayAsync(this FramePipe pipe, WorkerFrame frame, CancellationToken cancellation)
    {
        Assert.True(pipe.Write(frame));
        await pipe.SendAsync(cancellation);
    }

    /// <summary>The same message in other words.</summary>
    public static Message In(this Message message, Func<MessageWords, MessageWords> words) => message with { Words = words(message.Words) };
}

using System.Collections.Concurrent;
using Candor.Mirrors.Telling;
using Candor.Notices.Channels;
using Candor.Testing;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>The clock and the mail server that people are told by.</summary>
public sealed partial class TellerTests
{
    /// <summary>Tells the pauses between two tries from the patience with one mail.</summary>
    private sealed class TellersClock(ManualTimeProvider time) : TimeProvider
    {
        private int pauses;

        public bool IsAwaited => Volatile.Read(ref pauses) > 0;

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Teller.SendWithin)
            {
                return time.CreateTimer(callback, state, dueTime, period);
            }

            Interlocked.Increment(ref pauses);
            return time.CreateTimer(
                said =>
                {
                    Interlocked.Decrement(ref pauses);
                    callback(said);
                }, state, dueTime, period);
        }
    }

    private sealed class Mailer : IChannel
    {
        private readonly TaskCompletionSource released = new();
        private int tried;

        public Func<Message, Handover> Answer { get; set; } = static _ => Handover.Delivered("250");

        /// <summary>After so many it takes mails and says nothing any more.</summary>
        public int StallsAfter { get; set; } = int.MaxValue;

        public int Stalled => Hanging.Count;

        /// <summary>Whose mails it has and says nothing of.</summary>
        public ConcurrentQueue<string> Hanging { get; } = new();

        public int Tried => tried;

        /// <summary>What the mail server has, whatever its sender knows of it.</summary>
        public ConcurrentQueue<string> Taken { get; } = new();

        public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
        {
            var number = Interlocked.Increment(ref tried);
            var handover = Answer(message);
            if (handover.End == HandoverEnd.Delivered)
            {
                Taken.Enqueue(message.Address);
            }

            if (number > StallsAfter)
            {
                var answers = released.Task;
                Hanging.Enqueue(message.Address);
                await answers.WaitAsync(cancellation);
            }

            return handover;
        }

        /// <summary>Answers after all, and from now on at once.</summary>
        public void Release()
        {
            StallsAfter = int.MaxValue;
            released.SetResult();
        }

        public ValueTask DisposeAsync() => default;
    }
}

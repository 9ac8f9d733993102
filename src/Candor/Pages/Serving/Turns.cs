using System.IO.Pipelines;
using Candor.Effects;

namespace Candor.Pages.Serving;

/// <summary>
/// What comes from a reader. Whoever asks again without waiting for answers would keep the thread that answers, because
/// something lies there whenever it looks. After a few times in a row the connection goes on with threads that let everybody
/// else go first, one look a turn. Who waits for answers is never held up.
/// </summary>
internal sealed class Turns(PipeReader inner, LowPriorityThreads threads) : PipeReader
{
    /// <summary>Over in a fraction of a millisecond.</summary>
    public const int InARow = 4;

    // A connection is read by one at a time.
    private int inARow;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        if (!reading.IsCompletedSuccessfully)
        {
            inARow = 0;
            return reading;
        }

        inARow = Math.Min(inARow + 1, InARow + 1);
        return inARow > InARow ? AfterOthersAsync(reading) : reading;
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<ReadResult> AfterOthersAsync(ValueTask<ReadResult> read)
    {
        await threads.TurnAsync();
        return await read;
    }
}

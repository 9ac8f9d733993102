using Candor.Effects;

namespace Candor.Pages.Serving;

/// <summary>
/// Whoever asks again without waiting for an answer would keep the thread that answers: the next request lies there already
/// when one is done. After a few in a row it is everybody else's turn, and on the pool after each, so that no number of
/// readers keeps an operator out. Who waits for answers is never held up. One for each connection.
/// </summary>
internal sealed class Turns(TimeProvider time)
{
    /// <summary>Over in a fraction of a millisecond.</summary>
    public const int InARow = 4;

    /// <summary>No reader gets an answer, reads it and asks again so soon.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMicroseconds(100);

    // Requests of one connection come one after the other, so nobody else counts here.
    private int inARow;
    private long answeredAt = time.GetTimestamp();

    /// <summary>Before everything else of a listener whose connections have their turns.</summary>
    public static RequestDelegate Taking(RequestDelegate next) => context =>
        context.Features.Get<Turns>() is { } turns ? turns.ServeAsync(context, next) : next(context);

    private Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        inARow = time.GetElapsedTime(answeredAt) < AtOnce ? inARow + 1 : 0;
        if (inARow >= InARow || (inARow > 0 && Thread.CurrentThread.IsThreadPoolThread))
        {
            return AfterOthersAsync(context, next);
        }

        var answering = next(context);
        if (!answering.IsCompletedSuccessfully)
        {
            return AnsweredAsync(answering);
        }

        answeredAt = time.GetTimestamp();
        return answering;
    }

    private async Task AfterOthersAsync(HttpContext context, RequestDelegate next)
    {
        await SocketThreads.BehindOthersAsync();
        await AnsweredAsync(next(context));
    }

    private async Task AnsweredAsync(Task answering)
    {
        await answering;
        answeredAt = time.GetTimestamp();
    }
}

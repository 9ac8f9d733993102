namespace Candor.Notices.Channels.Email;

/// <summary>Spreads mails evenly, so that no second sees more than the owner's provider takes. Without a rate nobody waits.</summary>
internal sealed class Pacer(int? perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long began = time.GetTimestamp();
    private TimeSpan next;

    public Task WaitAsync(CancellationToken cancellation)
    {
        if (perSecond is not { } rate)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetElapsedTime(began);
            var turn = next > now ? next : now;
            next = turn + (TimeSpan.FromSeconds(1) / rate);
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellation) : Task.CompletedTask;
    }
}

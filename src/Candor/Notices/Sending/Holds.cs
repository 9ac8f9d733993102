using Candor.Effects;
using Candor.Notices.Streams;

namespace Candor.Notices.Sending;

/// <summary>
/// Until when streams are held. What is stored is an instant of the calendar; it is turned into one of the steady clock once,
/// when it is first met, so that a calendar that jumps makes no wait longer or shorter.
/// </summary>
internal sealed class Holds
{
    private readonly Dictionary<StreamKey, (DateTimeOffset Until, TimeSpan Due)> held = [];

    /// <param name="most">It was never meant to be longer: what is stored may be from a calendar that was ahead.</param>
    public TimeSpan DueAt(StreamKey stream, DateTimeOffset until, TimeSpan most, Moment now)
    {
        if (held.TryGetValue(stream, out var known) && known.Until == until)
        {
            return known.Due;
        }

        var left = until - now.Wall;
        var due = now.Steady + (left < TimeSpan.Zero ? TimeSpan.Zero : left > most ? most : left);
        held[stream] = (until, due);
        return due;
    }

    public void Forget(StreamKey stream) => held.Remove(stream);
}

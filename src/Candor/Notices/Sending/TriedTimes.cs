using Candor.Notices.Streams;

namespace Candor.Notices.Sending;

/// <summary>
/// For how long streams have been tried, by the steady clock: a calendar that jumps makes nothing older. What was tried
/// before a restart is stored with the stream; time in which nobody could try is not among it.
/// </summary>
internal sealed class TriedTimes
{
    private readonly Dictionary<StreamKey, (DateTimeOffset FirstTryAt, TimeSpan Before, TimeSpan Since)> met = [];

    /// <summary>Counts from when this is first asked of what is pending now.</summary>
    public TimeSpan Of(NoticeStream stream, TimeSpan now)
    {
        if (stream.FirstTryAt is not { } first)
        {
            met.Remove(stream.Key);
            return TimeSpan.Zero;
        }

        if (!met.TryGetValue(stream.Key, out var known) || known.FirstTryAt != first)
        {
            met[stream.Key] = known = (first, stream.TriedFor, now);
        }

        return known.Before + (now - known.Since);
    }

    public void Forget(StreamKey stream) => met.Remove(stream);
}

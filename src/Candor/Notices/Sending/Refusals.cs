using Candor.Notices.Streams;

namespace Candor.Notices.Sending;

/// <summary>
/// Who drew a refusal of our sender or login, and whether others got through: a server that takes everybody else's mail means
/// the one mail. Pure arithmetic over the steady clock.
/// </summary>
internal sealed class Refusals
{
    private readonly Dictionary<StreamKey, long> refused = [];
    private long through;
    private TimeSpan? throughAt;

    public bool Contains(StreamKey stream) => refused.ContainsKey(stream);

    /// <param name="since">When the try that is answered now began.</param>
    public bool IsAlone(StreamKey stream, TimeSpan? since) =>
        (refused.TryGetValue(stream, out var before) && through > before) || throughAt > since;

    public void Add(StreamKey stream) => refused[stream] = through;

    public void Forget(StreamKey stream) => refused.Remove(stream);

    /// <summary>Somebody was told.</summary>
    public void GotThrough(TimeSpan now) => (through, throughAt) = (through + 1, now);
}

namespace Candor.Notices.Channels;

/// <summary>
/// One way of reaching people, opened with its settings. It hands a message over and says what came of it; whether, when
/// and how often to try is decided elsewhere, and so is what to say.
/// </summary>
internal interface IChannel : IAsyncDisposable
{
    /// <summary>
    /// Tries once, within <paramref name="cancellation"/>'s patience, and answers. Called from many places at once.
    /// Throws only what nobody foresaw; that counts as a crash on this message.
    /// </summary>
    Task<Handover> SendAsync(Message message, CancellationToken cancellation);
}

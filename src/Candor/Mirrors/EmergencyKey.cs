using Candor.Effects;

namespace Candor.Mirrors;

/// <summary>
/// What the publisher names as the key for bulletins. A file that cannot be read takes no voice from anybody, and keeps no
/// edition from the mirrors: the last one that could be read stays, and the log says why.
/// </summary>
internal sealed partial class EmergencyKey(IDisk disk, string path, ILogger<EmergencyKey> logger)
{
    private readonly Lock gate = new();
    private PinnedKey? last;
    private string? complaint;

    /// <summary>The key that is named now; null where there is none.</summary>
    public PinnedKey? Read()
    {
        lock (gate)
        {
            try
            {
                (last, complaint) = (PinnedKey.ReadFile(disk, path), null);
            }
            catch (IOException fault)
            {
                if (fault.Message != complaint)
                {
                    complaint = fault.Message;
                    LogUnreadable(complaint);
                }
            }

            return last;
        }
    }

    [LoggerMessage(LogLevel.Error, "The emergency key that mirrors are told of stays the one of before: {Reason}")]
    private partial void LogUnreadable(string reason);
}

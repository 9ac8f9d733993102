using Microsoft.Extensions.Logging;

namespace Candor.Journal;

/// <summary>What the journal tells operators. Ids 100 to 199 belong to this folder.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(100, LogLevel.Information,
        "The journal is open at event {Position}; {Replayed} events were replayed in {Milliseconds} ms.")]
    public static partial void Opened(ILogger logger, long position, long replayed, long milliseconds);

    [LoggerMessage(101, LogLevel.Information, "The journal is closed at event {Position}.")]
    public static partial void Closed(ILogger logger, long position);

    [LoggerMessage(102, LogLevel.Error,
        "The journal failed and accepts no commit until it is open again; pages are served from memory.")]
    public static partial void Failed(ILogger logger, Exception fault);

    [LoggerMessage(103, LogLevel.Critical,
        "The journal is damaged and accepts no commit; pages are served from the last good state.")]
    public static partial void Corrupt(ILogger logger, Exception fault);

    [LoggerMessage(104, LogLevel.Debug,
        "Another writer was first: expected event {Expected}, found {Actual}; deciding again (attempt {Attempt}).")]
    public static partial void Conflict(ILogger logger, long expected, long actual, int attempt);

    [LoggerMessage(105, LogLevel.Critical,
        "The journal has lost its tail; the state is made from what is left. {Loss}")]
    public static partial void TailLost(ILogger logger, string loss);

    [LoggerMessage(106, LogLevel.Critical,
        "Event {Position} of the journal is not the one the snapshot was made from. "
        + "The snapshot is not used; run `candor verify`.")]
    public static partial void SnapshotDisagrees(ILogger logger, long position);

    [LoggerMessage(107, LogLevel.Information, "A snapshot was written at event {Position}: {Bytes} bytes.")]
    public static partial void SnapshotWritten(ILogger logger, long position, int bytes);

    [LoggerMessage(108, LogLevel.Warning,
        "No snapshot could be written. Nothing is lost; the next start folds more events.")]
    public static partial void SnapshotFailed(ILogger logger, Exception fault);

    [LoggerMessage(109, LogLevel.Warning,
        "The disk of the journal is nearly full: {Slices} slices of the reserve are left, {FreeBytes} bytes are free.")]
    public static partial void ReserveReleased(ILogger logger, int slices, long freeBytes);

    [LoggerMessage(110, LogLevel.Information, "The reserve is whole again; every fact is accepted.")]
    public static partial void ReserveWhole(ILogger logger);

    [LoggerMessage(111, LogLevel.Warning, "The reserve on the journal's disk could not be made.")]
    public static partial void ReserveFailed(ILogger logger, Exception fault);
}

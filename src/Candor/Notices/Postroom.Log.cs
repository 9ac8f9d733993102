using Microsoft.Extensions.Logging;

namespace Candor.Notices;

/// <summary>What operators hear of post rooms. Ids 1550 to 1599.</summary>
internal static partial class PostroomLog
{
    [LoggerMessage(1550, LogLevel.Error, "The queue of the channel {Channel} is made anew from the journal. {Fault}")]
    public static partial void QueueLost(ILogger logger, string channel, string fault);

    [LoggerMessage(1551, LogLevel.Warning, "The journal could not be told what the channel {Channel} has sent; it is told later. {Fault}")]
    public static partial void NotTold(ILogger logger, string channel, string fault);

    [LoggerMessage(1552, LogLevel.Error, "{Missing} streams of the channel {Channel} were missing and are made anew from the journal.")]
    public static partial void Mended(ILogger logger, string channel, int missing);

    [LoggerMessage(1553, LogLevel.Error, "The addresses of subscribers cannot be read, so nobody is told anything. {Fault}")]
    public static partial void NoContacts(ILogger logger, string fault);

    [LoggerMessage(1555, LogLevel.Error, "{Streams} streams of the channel {Channel} knew less than the journal of who was told and are settled from it.")]
    public static partial void Behind(ILogger logger, string channel, int streams);

    [LoggerMessage(1554, LogLevel.Information, "The addresses of {Count} subscribers who are told nothing any more were destroyed.")]
    public static partial void Forgotten(ILogger logger, int count);
}

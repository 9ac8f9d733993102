using System.Globalization;
using Candor.Watching;

namespace Candor.Notices.Rules;

/// <summary>When a notice has to say that it comes late.</summary>
internal static class Lateness
{
    public static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    /// <summary>The delay that is said, or null where it is none worth a mark.</summary>
    public static TimeSpan? Of(DateTimeOffset published, DateTimeOffset now) => now - published > After ? now - published : null;

    /// <summary>What readers are told of a channel by which nothing goes out, or by which what goes out is late; else null.</summary>
    /// <param name="oldest">Publication of the oldest that somebody waits for.</param>
    public static string? Sentence(string channel, bool isStopped, DateTimeOffset? oldest, DateTimeOffset now)
    {
        var waits = oldest is not { } since ? "" : now - since < TimeSpan.FromMinutes(1) ? "less than a minute"
            : string.Create(CultureInfo.InvariantCulture, $"{(int)(now - since).TotalMinutes} min");
        return isStopped ? $"Notices by {channel}{(waits.Length > 0 ? $", the oldest waiting for {waits}," : "")} {Problem.NothingGoesOut}"
            : oldest is { } at && Of(at, now) is not null ? $"Notices by {channel} are delayed; the oldest waits for {waits}."
            : null;
    }
}

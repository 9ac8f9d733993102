namespace Candor.Notices.Rules;

/// <summary>When a notice has to say that it comes late.</summary>
internal static class Lateness
{
    public static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    /// <summary>The delay that is said, or null where it is none worth a mark.</summary>
    public static TimeSpan? Of(DateTimeOffset published, DateTimeOffset now) => now - published > After ? now - published : null;
}

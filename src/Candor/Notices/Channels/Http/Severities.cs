using Candor.State;

namespace Candor.Notices.Channels.Http;

/// <summary>From what a message is about to how loud it is.</summary>
internal static class Severities
{
    public static Severity Of(MessageFacts facts) => facts switch
    {
        { About: MessageSubject.Reminder } => Severity.Major,
        { EndedAt: not null } or { About: not (MessageSubject.Incident or MessageSubject.Maintenance) } => Severity.Over,
        { About: MessageSubject.Maintenance } => Severity.Planned,
        { Impact: Impact.Critical } => Severity.Critical,
        { Impact: Impact.Major } => Severity.Major,
        _ => Severity.Minor,
    };

    /// <summary>As 0xRRGGBB: the page's own colours of states.</summary>
    public static int Colour(Severity severity) => severity switch
    {
        Severity.Over => 0x2A7F5B,
        Severity.Planned => 0x2F5FC4,
        Severity.Minor => 0x8F6400,
        Severity.Major => 0xB54708,
        _ => 0xC8231A,
    };
}

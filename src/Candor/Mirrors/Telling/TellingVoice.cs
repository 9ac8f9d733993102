using Candor.Notices.Channels;

namespace Candor.Mirrors.Telling;

/// <summary>By what a mirror tells people, and where it says that it is.</summary>
/// <param name="Mail">Its own mail account.</param>
/// <param name="Home">Its address as readers have it: links in mails lead there, and what is signed for another is not taken.</param>
internal sealed record TellingVoice(IChannel Mail, Uri Home)
{
    public override string ToString() => $"(voice of {Home})";
}

/// <summary>What came of telling one person.</summary>
internal enum TellingOutcome
{
    Told,

    /// <summary>Refused for good.</summary>
    Refused,

    /// <summary>It may have arrived, and may not.</summary>
    Unclear,
}

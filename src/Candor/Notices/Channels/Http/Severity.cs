namespace Candor.Notices.Channels.Http;

/// <summary>How loud a message is, and in which colour, for services that want one word for it.</summary>
internal enum Severity
{
    Over,
    Planned,
    Minor,
    Major,
    Critical,
}

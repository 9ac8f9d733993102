namespace Candor.Notices.Channels.Email;

/// <summary>How far a delivery has come. What a failure means depends on it.</summary>
internal enum SmtpStage
{
    Connect,
    Greeting,
    Hello,
    Tls,
    Login,
    Sender,
    Recipient,
    Data,

    /// <summary>The mail is on its way and may be accepted, whatever comes back.</summary>
    Content,

    Done,
}

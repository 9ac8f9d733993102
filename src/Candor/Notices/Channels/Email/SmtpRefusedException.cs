namespace Candor.Notices.Channels.Email;

/// <summary>The server said no, or cannot do what is needed, before a mail was begun: the connection is of no use.</summary>
internal sealed class SmtpRefusedException(SmtpStage stage, SmtpReply reply) : Exception(reply.ToString())
{
    public SmtpStage Stage => stage;

    public SmtpReply Reply => reply;
}

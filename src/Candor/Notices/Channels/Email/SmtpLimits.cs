namespace Candor.Notices.Channels.Email;

/// <summary>How long each step may take, and what a connection is used for. The standard's minutes are for relays with a queue of their own.</summary>
internal sealed record SmtpLimits
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Tls { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Every other answer but the last.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The answer to a mail: a server may scan it first, and whoever gives up early does not know what became of it.</summary>
    public TimeSpan Accept { get; init; } = TimeSpan.FromSeconds(45);

    public int ConnectionsMost { get; init; } = 8;

    /// <summary>Mails a second, or null.</summary>
    public int? Rate { get; init; }

    /// <summary>Servers close a connection that carries too much; we do it first.</summary>
    public int MailsPerConnection { get; init; } = 500;

    public TimeSpan Age { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(20);
}

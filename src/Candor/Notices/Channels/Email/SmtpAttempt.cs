namespace Candor.Notices.Channels.Email;

/// <summary>One delivery under way: how far it has come, and how long the step that it is in may take.</summary>
internal sealed class SmtpAttempt : IDisposable
{
    private readonly CancellationTokenSource patience;
    private readonly CancellationTokenSource both;

    public SmtpAttempt(SmtpLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        Limits = limits;
        patience = new(limits.Connect, time);
        both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        Token = both.Token;
    }

    public SmtpLimits Limits { get; }

    public SmtpStage Stage { get; private set; }

    public CancellationToken Token { get; }

    public void Begin(SmtpStage stage, TimeSpan within)
    {
        Stage = stage;
        patience.CancelAfter(within);
    }

    public void Begin(SmtpStage stage) => Begin(stage, Limits.Answer);

    public void Dispose()
    {
        both.Dispose();
        patience.Dispose();
    }
}

namespace Candor.Probing.Alert;

/// <summary>Looks into the book instead of into the world.</summary>
internal sealed class AlertProbe(AlertCheck check, ProbeTools tools) : IProbe
{
    public static IProbe Open(AlertCheck check, ProbeTools tools) => new AlertProbe(check, tools);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        new(tools.Alerts is { } book ? AlertRules.Judge(check, book.Look(check)) : Finding.None("alerts are heard by the core, not here"));
}

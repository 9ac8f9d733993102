namespace Candor.Probing;

/// <summary>One check, opened: its options are read and what can be prepared once is prepared.</summary>
internal interface IProbe
{
    /// <summary>
    /// Looks once, for at most <paramref name="timeout"/>. Whatever happens out there becomes a finding; only the
    /// cancellation of <paramref name="cancellation"/> is thrown. Never called twice at once on the same probe.
    /// </summary>
    ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation);
}

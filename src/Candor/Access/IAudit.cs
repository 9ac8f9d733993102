namespace Candor.Access;

/// <summary>Who did what to whom, in ids: what an owner reads later and nobody can take back.</summary>
/// <param name="Act">A stable word: "person.invited".</param>
/// <param name="Subject">What it was done to: "person:…", "token:…".</param>
/// <param name="Address">Where it came from, or null at the console.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Actor, string Act, string Subject, string? Address);

/// <summary>Where privileged acts are written down.</summary>
internal interface IAudit
{
    ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellation);
}

using Candor.Access;

namespace Candor.Tests.Access;

/// <summary>Remembers what was done.</summary>
internal sealed class KeptAudit : IAudit
{
    public List<AuditEntry> Entries { get; } = [];

    public ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellation)
    {
        Entries.Add(entry);
        return ValueTask.CompletedTask;
    }
}

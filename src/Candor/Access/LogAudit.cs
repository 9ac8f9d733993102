using Microsoft.Extensions.Logging;

namespace Candor.Access;

/// <summary>Privileged acts as lines of the log.</summary>
internal sealed class LogAudit(ILogger logger) : IAudit
{
    public ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellation)
    {
        GateLog.Audited(logger, entry.Act, entry.Subject, entry.Actor, entry.Address ?? "the console");
        return ValueTask.CompletedTask;
    }
}

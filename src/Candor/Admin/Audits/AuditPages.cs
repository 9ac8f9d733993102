using Candor.Journal;
using Candor.State;

namespace Candor.Admin.Audits;

/// <summary>
/// Reads the audit back from the journal, newest first, a page at a time: backwards in stretches, and never further for one
/// request than would keep its reader waiting.
/// </summary>
internal static class AuditPages
{
    public const int PerPage = 50;

    private const string Kind = "audit.recorded";
    private const int StretchEvents = 2_000;
    private const int StretchesMax = 50;

    /// <summary>What was found, and the place from which to look on; null where the beginning was reached.</summary>
    public static async Task<(IReadOnlyList<(Position Position, AuditRecorded Act)> Found, Position? Older)> ReadAsync(
        IJournalReader journal, AuditFilter filter, CancellationToken cancellation)
    {
        var found = new List<(Position, AuditRecorded)>();
        var end = filter.Before is { } before && before <= journal.Position.Next ? before : journal.Position.Next;
        for (var stretch = 0; stretch < StretchesMax && end.Value > 1; stretch++)
        {
            var start = new Position(Math.Max(0, end.Value - 1 - StretchEvents));
            var read = await journal.ReadAsync(start, (int)(end.Value - 1 - start.Value), cancellation);
            foreach (var one in read.Where(one => one.Kind == Kind && one.Position < end).Reverse())
            {
                if (Kinds.Decode(one.Kind, one.Body.Span, one.OccurredAt) is AuditRecorded act && filter.Fits(act))
                {
                    found.Add((one.Position, act));
                    if (found.Count == PerPage)
                    {
                        return (found, one.Position);
                    }
                }
            }

            end = start.Next;
        }

        return (found, end.Value > 1 ? end : null);
    }
}

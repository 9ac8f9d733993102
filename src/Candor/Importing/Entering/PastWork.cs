using System.Collections.Immutable;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Importing.Entering;

/// <summary>The words of a maintenance that is over, with a moment for each.</summary>
internal static class PastWork
{
    private const string OnlyEnd = "The record that this comes from does not say how it ended.";

    /// <summary>Null for one that has no time, or that is still to come: Candor announces those itself.</summary>
    public static BackfillMaintenance? Of(ImportedMaintenance from, Func<ImmutableArray<string>, ComponentId> find, DateTimeOffset now)
    {
        if (from.ScheduledFor is not { } begins || IsToCome(from, now))
        {
            return null;
        }

        var until = from.ScheduledUntil ?? from.Updates.LastOrDefault(update => update.At is not null)?.At ?? begins;
        var updates = Said(from, begins).OrderBy(update => update.At).ToList();
        if (!updates.Any(update => update.Status == MaintenanceStatus.Completed))
        {
            var end = updates[^1].At > until ? updates[^1].At : until;
            updates.Add(new(end > now ? now : end, MaintenanceStatus.Completed, from.Status == "completed" ? "Completed." : OnlyEnd));
        }

        ImmutableArray<ComponentId> components = [.. from.Affected.Select(find).Distinct()];
        return new(new(LongText.Title(from.Title), begins, until < begins ? begins : until, components), [.. updates]);
    }

    public static bool IsToCome(ImportedMaintenance from, DateTimeOffset now) =>
        from.Status != "completed" && (from.ScheduledUntil ?? from.ScheduledFor) > now;

    private static IEnumerable<PastMaintenanceUpdate> Said(ImportedMaintenance from, DateTimeOffset begins)
    {
        var announced = from.Updates.FirstOrDefault(update => update.At is not null)?.At ?? begins;
        var last = announced < begins ? announced : begins;
        var any = false;
        if (from.Description is { } description && from.Updates.FirstOrDefault()?.Body.Trim() != description.Trim())
        {
            foreach (var piece in LongText.Pieces(description))
            {
                any = true;
                yield return new(last, MaintenanceStatus.Scheduled, piece);
            }
        }

        foreach (var update in from.Updates)
        {
            last = update.At ?? last;
            var status = StatusOf(update.Status);
            var body = !string.IsNullOrWhiteSpace(update.Body) ? update.Body : status is { } word ? $"{word}." : "";
            foreach (var (piece, i) in LongText.Pieces(body).Select((piece, i) => (piece, i)))
            {
                any = true;
                yield return new(last, i == 0 ? status : null, piece);
            }
        }

        if (!any)
        {
            yield return new(last, MaintenanceStatus.Scheduled, LongText.Title(from.Title));
        }
    }

    private static MaintenanceStatus? StatusOf(string? word) => word switch
    {
        "scheduled" => MaintenanceStatus.Scheduled,
        "in_progress" => MaintenanceStatus.InProgress,
        "verifying" => MaintenanceStatus.Verifying,
        "completed" => MaintenanceStatus.Completed,
        _ => null,
    };
}

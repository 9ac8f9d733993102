using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Journal;

namespace Candor.Admin.Audits;

/// <summary><c>/audit</c>: who did what, for owners.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes, FrontDesk desk, Room room, Func<IJournalReader> journal) =>
        routes.MapGet("/audit", Visit.For(desk, room, visit => ShowAsync(visit, journal()))).NeedsPerson(Act.SeeAudit);

    private static async Task ShowAsync(Visit visit, IJournalReader journal)
    {
        var filter = AuditFilter.Of(visit.Context.Request.Query);
        var (found, older) = await AuditPages.ReadAsync(journal, filter, visit.Cancellation);
        await visit.ShowAsync(AuditView.Of(visit, filter, found, older));
    }
}

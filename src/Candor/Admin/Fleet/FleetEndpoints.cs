using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Agents;

namespace Candor.Admin.Fleet;

/// <summary><c>/places</c>: from where this installation looks, how each place is, and who is let in to look from there.</summary>
internal static class FleetEndpoints
{
    private const string Page = "/places";

    public static void MapFleet(this IEndpointRouteBuilder routes, FrontDesk desk, Room room, Func<AgentDesk?> agents, Func<IReadOnlyList<ReaderAddressRow>> readers)
    {
        routes.MapGet(Page, Visit.For(desk, room, visit => ShowAsync(visit, agents, readers))).NeedsPerson(Act.SeeOperations);
        routes.MapPost("/places/add", Visit.For(desk, room, visit => AddAsync(visit, agents, readers))).NeedsPerson(Act.Configure);
        routes.MapPost("/places/revoke", Visit.For(desk, room, visit => RevokeAsync(visit, agents, readers))).NeedsPerson(Act.Configure);
    }

    private static Task ShowAsync(
        Visit visit, Func<AgentDesk?> agents, Func<IReadOnlyList<ReaderAddressRow>> readers, string? fault = null, PlaceCodeView? made = null)
    {
        var rows = Agents.Fleet.RowsOf(visit.World, visit.Reception.Register.Roster, place => agents()?.StandingOf(place));
        return AdminPages.ShowAsync(
            visit.Context, FleetView.Of(visit, rows, readers(), fault, made), fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task AddAsync(Visit visit, Func<AgentDesk?> agents, Func<IReadOnlyList<ReaderAddressRow>> readers)
    {
        if (await SentForm.ReadAsync(visit.Context, "name", "private", "monitors") is not { } form || !IsFresh(visit))
        {
            return;
        }

        string[] monitors = [.. form["monitors"].Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
        var unknown = monitors.FirstOrDefault(id => !visit.World.Monitors.ContainsKey(new(id)));
        if (unknown is not null)
        {
            await ShowAsync(visit, agents, readers, $"There is no monitor “{(unknown.Length > 40 ? unknown[..40] : unknown)}”. Name them as candor.yaml does, or leave this empty for all of the place.");
            return;
        }

        var (made, refusal) = await PlaceEndpoints.AddAsync(visit.Context, visit.Reception, form["name"].Trim(), new(form["private"] == "yes", monitors));
        await ShowAsync(visit, agents, readers, refusal?.Sentence, made);
    }

    private static async Task RevokeAsync(Visit visit, Func<AgentDesk?> agents, Func<IReadOnlyList<ReaderAddressRow>> readers)
    {
        if (await SentForm.ReadAsync(visit.Context, "name") is not { } form)
        {
            return;
        }

        if (await PlaceEndpoints.RevokeAsync(visit.Context, visit.Reception, form["name"]) is { } refusal)
        {
            await ShowAsync(visit, agents, readers, refusal.Sentence);
            return;
        }

        AdminPages.GoTo(visit.Context, Page);
    }

    /// <summary>A code lets a machine in, so whoever makes one has shown lately who they are.</summary>
    private static bool IsFresh(Visit visit)
    {
        if (visit.Reception.IsFresh(visit.Who))
        {
            return true;
        }

        AdminPages.GoTo(visit.Context, "/sign-in?to=" + Uri.EscapeDataString(Page));
        return false;
    }
}

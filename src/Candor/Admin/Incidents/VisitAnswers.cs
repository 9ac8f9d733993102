using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary>How a visit ends: with a page, or with something done and the page after it.</summary>
internal static class VisitAnswers
{
    public static Task ShowAsync(this Visit visit, AdminView view, int status = StatusCodes.Status200OK) =>
        AdminPages.ShowAsync(visit.Context, view, status);

    /// <summary>Commits; then on to a page, or back to the form with what was wrong and everything that was typed.</summary>
    public static async Task DoAsync(
        this Visit visit, Asking asking, Func<World, DateTimeOffset, Decision<Event>> decide,
        Func<string, string> onward, Func<Visit, Refusal, AdminView> again)
    {
        var outcome = await visit.Room.CommitAsync(visit, asking, decide);
        if (outcome.Done is { } done)
        {
            AdminPages.GoTo(visit.Context, onward(done.Target));
            return;
        }

        await visit.ShowAsync(again(visit.Again(), outcome.Refusal!), PostDesk.StatusOf(outcome.Refusal!));
    }
}

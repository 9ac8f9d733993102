using Candor.Access;
using Candor.Journal;
using Candor.Pages;
using Candor.Pages.Html;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary>One request of somebody who is signed in, with everything as it stood when they asked.</summary>
internal sealed record Visit(HttpContext Context, Reception Reception, PersonPrincipal Who, Room Room, Brief Brief)
{
    public CancellationToken Cancellation => Context.RequestAborted;

    public World World => Brief.World;

    /// <summary>In English, whatever readers are shown.</summary>
    public Sheet Sheet => HtmlPages.SheetOf(Brief).English;

    public Authors Authors => new(Reception.Register.Roster);

    /// <summary>Whether the person may do it at all; what it touches is asked by the decision.</summary>
    public bool May(Act act) => Permissions.Against(Who, act) is null;

    public string Route(string name) => (string)Context.GetRouteValue(name)!;

    /// <summary>Everything anew, after something was asked for; as it stood before where the journal cannot be looked at now.</summary>
    public Visit Again()
    {
        try
        {
            return this with { Brief = Room.Look(Who) };
        }
        catch (JournalFailedException)
        {
            return this;
        }
    }

    /// <summary>Handlers of these pages. While the journal is being read there is nothing to show and nothing to decide against.</summary>
    public static RequestDelegate For(FrontDesk desk, Room room, Func<Visit, Task> handle) => Desk.For(desk, async (context, reception, who) =>
    {
        try
        {
            await handle(new(context, reception, who, room, room.Look(who)));
        }
        catch (JournalFailedException) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "2";
            await AdminPages.ShowAsync(context, PlainView.Starting(), StatusCodes.Status503ServiceUnavailable);
        }
    });
}

using System.Globalization;
using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.Watching;
using Microsoft.AspNetCore.Components;

namespace Candor.Admin.Incidents;

/// <summary><c>/now</c> and <c>/incidents</c>: what is going on, and the room in which an incident is run.</summary>
internal static class RoomEndpoints
{
    private static readonly Refusal ArrivedBefore = new(
        "key_reused",
        "What you sent first did arrive and stands below. This text is another one and was not published; publish it again if it should be said as well.");

    public static void MapRoom(this IEndpointRouteBuilder routes, FrontDesk desk, Room room, SelfLog self)
    {
        routes.MapGet("/now", Visit.For(desk, room, visit => visit.ShowAsync(FrontView.Of(visit, self.Problems)))).NeedsPerson(Act.SeeOperations);
        routes.MapGet("/incidents", Visit.For(desk, room, ListAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapGet("/incidents/new", Visit.For(desk, room, OfferAsync)).NeedsPerson(Act.PostIncident);
        routes.MapPost("/incidents", Visit.For(desk, room, OpenAsync)).NeedsPerson(Act.PostIncident).BodyAtMost(ComposerFiles.BodyBytesMax);
        routes.MapPost("/incidents/preview", Visit.For(desk, room, PreviewNewAsync)).NeedsPerson(Act.PostIncident).BodyAtMost(ComposerFiles.BodyBytesMax);
        routes.MapGet("/incidents/{id}", Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapGet("/incidents/{id}/now", Visit.For(desk, room, TellNowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapPost("/incidents/{id}/updates", Visit.For(desk, room, PostAsync)).NeedsPerson(Act.PostIncident).BodyAtMost(ComposerFiles.BodyBytesMax);
        routes.MapPost("/incidents/{id}/updates/preview", Visit.For(desk, room, PreviewAsync)).NeedsPerson(Act.PostIncident).BodyAtMost(ComposerFiles.BodyBytesMax);
    }

    private static Task ListAsync(Visit visit) => visit.ShowAsync(IncidentListView.Of(
        visit, int.TryParse(visit.Context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Min(page, 100_000) : 0));

    /// <summary>An empty composer, or one that a template has filled.</summary>
    private static Task OfferAsync(Visit visit)
    {
        var empty = new ComposerForm { Status = "investigating", Key = visit.Room.NewId() };
        return visit.ShowAsync(RoomView.New(visit, Filled(visit, empty)));
    }

    /// <summary>With the words of the template that the address names; where it names none, as it was.</summary>
    private static ComposerForm Filled(Visit visit, ComposerForm empty)
    {
        if (!visit.World.Templates.TryGetValue(new(visit.Context.Request.Query["template"].ToString()), out var template))
        {
            return empty;
        }

        var status = template.Status ?? IncidentStatus.Investigating;
        var (title, body) = TemplateDecisions.Fill(
            visit.World, template, template.Components, status, visit.Brief.Now, RoomDecisions.ZoneOf(visit.World));
        return empty with
        {
            Title = title,
            Body = body,
            Status = status.ToString().ToLowerInvariant(),
            Quiet = !template.DeliverNotifications,
            Components = ComposerForm.ComponentsOf(template.Components),
        };
    }

    private static async Task OpenAsync(Visit visit)
    {
        if (await ReadAsync(visit) is not { } form)
        {
            return;
        }

        var id = visit.Room.NewId();
        var outcome = await ComposerFiles.WithAsync(visit, form, files => visit.Room.CommitAsync(
            visit, Asking.Of("incident.opened", id, form.Key, "/incidents", form.Said),
            (world, at) => RoomDecisions.Open(world, at, visit.Who, new(id), form, files)));
        if (outcome.Done is { } done)
        {
            AdminPages.GoTo(visit.Context, $"/incidents/{done.Target}");
            return;
        }

        await visit.Again().ShowAsync(RoomView.New(visit, Kept(visit, form, outcome.Refusal!), outcome.Refusal), PostDesk.StatusOf(outcome.Refusal!));
    }

    private static async Task ShowAsync(Visit visit)
    {
        if (Find(visit) is not { } incident)
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
            return;
        }

        await visit.ShowAsync(RoomView.Of(visit, incident));
    }

    private static async Task PostAsync(Visit visit)
    {
        if (await ReadAsync(visit) is not { } form)
        {
            return;
        }

        var id = visit.Route("id");
        var outcome = await ComposerFiles.WithAsync(visit, form, files => visit.Room.CommitAsync(
            visit, Asking.Of("incident.updated", id, form.Key, visit.Context.Request.Path, form.Said),
            (world, at) => RoomDecisions.Post(world, at, visit.Who, new(id), form, files)));
        if (outcome.Done is not null)
        {
            AdminPages.GoTo(visit.Context, $"/incidents/{id}");
            return;
        }

        await RefuseAsync(visit.Again(), form, outcome.Refusal!);
    }

    private static async Task RefuseAsync(Visit visit, ComposerForm form, Refusal refusal)
    {
        if (Find(visit) is not { } incident)
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
            return;
        }

        var view = RoomView.Of(visit, incident, Kept(visit, form, refusal), refusal.Code == "key_reused" ? ArrivedBefore : refusal);
        await visit.ShowAsync(view, PostDesk.StatusOf(refusal));
    }

    private static async Task PreviewNewAsync(Visit visit)
    {
        if (await ReadAsync(visit) is not { } form)
        {
            return;
        }

        var id = new IncidentId("preview00000");
        var (files, missing) = ComposerFiles.Of(visit, form);
        var decided = missing ?? RoomDecisions.Open(visit.World, visit.Room.Now, visit.Who, id, form, files);
        await AnswerAsync(visit, PreviewView.Of(visit, decided, id), preview => RoomView.New(visit, form, null, preview));
    }

    private static async Task PreviewAsync(Visit visit)
    {
        if (await ReadAsync(visit) is not { } form)
        {
            return;
        }

        if (Find(visit) is not { } incident)
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
            return;
        }

        // What somebody else said meanwhile is in the preview, and does not forbid it.
        var (files, missing) = ComposerFiles.Of(visit, form);
        var decided = missing ?? RoomDecisions.Post(visit.World, visit.Room.Now, visit.Who, incident.Id, form with { Seen = Seen.Of(incident) }, files);
        await AnswerAsync(visit, PreviewView.Of(visit, decided, incident.Id), preview => RoomView.Of(visit, incident, form, null, preview));
    }

    /// <summary>A script asks for the part that it puts into its page; without one the whole page comes back.</summary>
    private static Task AnswerAsync(Visit visit, RenderFragment part, Func<RenderFragment, AdminView> whole) => AsksForPart(visit)
        ? AdminPages.ShowPartAsync(visit.Context, part)
        : visit.ShowAsync(whole(part));

    /// <summary>What changes by itself, for a page that is open; and who else is here.</summary>
    private static Task TellNowAsync(Visit visit)
    {
        if (Find(visit) is not { } incident)
        {
            return visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
        }

        var others = visit.Room.Presence.Enter(incident.Id, visit.Who, visit.Context.Request.Query["writing"] == "1");
        var (live, timeline) = (RoomView.Live(visit, incident, others), RoomView.Timeline(visit, incident));
        return AdminPages.ShowPartAsync(visit.Context, live, timeline);
    }

    internal static Incident? Find(Visit visit) => visit.World.Incidents.GetValueOrDefault(new(visit.Route("id")));

    private static bool AsksForPart(Visit visit) => visit.Context.Request.Headers["X-Candor-Part"] == "1";

    private static async Task<ComposerForm?> ReadAsync(Visit visit) =>
        await SentForm.ReadAsync(visit.Context, ComposerForm.Fields, ComposerForm.Many) is { } form
            ? await ComposerFiles.TakeAsync(visit, form, ComposerForm.Of(form))
            : null;

    /// <summary>The words go back into the form as they were, with a new key. Only where nobody knows what became of them the key stays.</summary>
    private static ComposerForm Kept(Visit visit, ComposerForm form, Refusal refusal) => refusal.Code switch
    {
        "journal.unavailable" => form,
        _ => form with { Key = visit.Room.NewId() },
    };
}

using Candor.Access;
using Candor.Admin.Incidents;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Templates;

/// <summary><c>/templates</c>: words for incidents that come again.</summary>
internal static class TemplateEndpoints
{
    private const string Home = "/templates";
    private const long BodyBytesMax = 256 * 1024;

    public static void MapTemplates(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet(Home, Visit.For(desk, room, static visit => visit.ShowAsync(TemplateView.All(visit)))).NeedsPerson(Act.SeeOperations);
        routes.MapPost(Home + "/draft", Visit.For(desk, room, DraftAsync)).NeedsPerson(Act.EditTemplates).BodyAtMost(BodyBytesMax);
        routes.MapGet(Home + "/{id}", Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.EditTemplates);
        routes.MapPost(Home + "/{id}", Visit.For(desk, room, SaveAsync)).NeedsPerson(Act.EditTemplates).BodyAtMost(BodyBytesMax);
        routes.MapPost(Home + "/{id}/remove", Visit.For(desk, room, RemoveAsync)).NeedsPerson(Act.EditTemplates).BodyAtMost(BodyBytesMax);
    }

    /// <summary>A new one has the id that its form was made with.</summary>
    private static Task ShowAsync(Visit visit)
    {
        var key = visit.Room.NewId();
        var form = visit.World.Templates.TryGetValue(IdOf(visit), out var saved)
            ? TemplateForm.Of(saved, key)
            : new("", "", "", "investigating", Quiet: false, key);
        return visit.ShowAsync(TemplateView.Of(visit, visit.Route("id") == "new" ? visit.Room.NewId() : visit.Route("id"), form));
    }

    /// <summary>What stands in the composer, offered as a template; nothing is saved before it has a name.</summary>
    private static async Task DraftAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, ComposerForm.Fields, ComposerForm.Many) is { } sent)
        {
            await visit.ShowAsync(TemplateView.Of(visit, visit.Room.NewId(), TemplateForm.Of(ComposerForm.Of(sent), visit.Room.NewId())));
        }
    }

    private static async Task SaveAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, TemplateForm.Fields, new ManyOf(ComposerForm.ComponentPrefix)) is not { } sent)
        {
            return;
        }

        var (form, id) = (TemplateForm.Of(sent), IdOf(visit));
        await visit.DoAsync(
            Asking.Of("template.saved", id.Value, form.Key, visit.Context.Request.Path, form.Said),
            (world, at) => IsWellFormed(id) ? form.Save(world, at, new(visit.Who.Actor), id) : new Journal.Refusal("bad_id", "This is no address of a template; begin a new one."),
            static _ => Home,
            (again, refusal) => TemplateView.Of(again, id.Value, form with { Key = again.Room.NewId() }, refusal));
    }

    private static async Task RemoveAsync(Visit visit)
    {
        if (await SentForm.ReadAsync(visit.Context, "key", "seen") is not { } form)
        {
            return;
        }

        var id = IdOf(visit);
        await visit.DoAsync(
            Asking.Of("template.removed", id.Value, form["key"], visit.Context.Request.Path, []),
            (world, at) => TemplateDecisions.Remove(world, at, new(visit.Who.Actor), id),
            static _ => Home,
            static (again, refusal) => TemplateView.All(again, refusal));
    }

    private static TemplateId IdOf(Visit visit) => new(visit.Route("id"));

    private static bool IsWellFormed(TemplateId id) => id.Value.Length == 12 && id.Value.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}

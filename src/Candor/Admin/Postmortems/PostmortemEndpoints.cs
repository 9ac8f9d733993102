using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Admin.Postmortems;

/// <summary><c>/incidents/{id}/postmortem</c>: writing down what happened, apart from the incident, and what will be done about it.</summary>
internal static class PostmortemEndpoints
{
    private const string Home = "/incidents/{id}/postmortem";
    private const long BodyBytesMax = 768 * 1024;

    private static readonly ImmutableArray<PostmortemAct> Acts =
    [
        new("", "postmortem.drafted", ["text"], static (world, at, by, id, form) => PostmortemDecisions.Draft(world, at, by, id, Cut(form))) { Overwrites = true },
        new("/publish", "postmortem.published", ["text", "quiet"], static (world, at, by, id, form) => Steps.InOrder(
            world,
            now => PostmortemDecisions.Draft(now, at, by, id, Cut(form)),
            now => PostmortemDecisions.Publish(now, at, by, id, deliverNotifications: form["quiet"].Length == 0))) { Overwrites = true },
        new("/revert", "postmortem.reverted", [], static (world, at, by, id, _) => PostmortemDecisions.Revert(world, at, by, id)),
        new("/action", "action.set", ["action", "text", "owner", "due"], SetAction),
        new("/done", "action.done", ["action", "done"], static (world, at, by, id, form) =>
            PostmortemDecisions.SetDone(world, at, by, id, new(form["action"]), form["done"] == "yes")),
        new("/drop", "action.dropped", ["action", "reason"], static (world, at, by, id, form) =>
            PostmortemDecisions.DropAction(world, at, by, id, new(form["action"]), form["reason"])),
    ];

    public static void MapPostmortems(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        routes.MapGet(Home, Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.SeeOperations);
        routes.MapPost(Home + "/preview", Visit.For(desk, room, PreviewAsync)).NeedsPerson(Act.WritePostmortem).BodyAtMost(BodyBytesMax);
        foreach (var act in Acts)
        {
            routes.MapPost(Home + act.Name, Visit.For(desk, room, visit => DoAsync(visit, act))).NeedsPerson(Act.WritePostmortem).BodyAtMost(BodyBytesMax);
        }
    }

    private static Task ShowAsync(Visit visit) => RoomEndpoints.Find(visit) is { } incident
        ? visit.ShowAsync(PostmortemView.Of(visit, incident))
        : visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);

    private static async Task PreviewAsync(Visit visit)
    {
        if (RoomEndpoints.Find(visit) is null)
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
        }
        else if (await SentForm.ReadAsync(visit.Context, "text", "quiet", "key", "seen") is { } form)
        {
            await AdminPages.ShowPartAsync(visit.Context, PostmortemView.Preview(Cut(form)));
        }
    }

    private static async Task DoAsync(Visit visit, PostmortemAct act)
    {
        // The draft and its publication are two buttons of one form.
        ImmutableArray<string> fields = act.Name.Length == 0 ? act.Fields.Add("quiet") : act.Fields;
        if (await SentForm.ReadAsync(visit.Context, [.. fields, "key", "seen"]) is not { } form)
        {
            return;
        }

        if (RoomEndpoints.Find(visit) is not { } incident)
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
            return;
        }

        var id = incident.Id;
        await visit.DoAsync(
            Asking.Of(act.Word, id.Value, form["key"], visit.Context.Request.Path, fields.Select(name => $"{name}={form[name]}")),
            (world, at) => Decide(world, at, visit.Who, act, id, form),
            static target => $"/incidents/{target}/postmortem",
            (again, refusal) => PostmortemView.Of(again, again.World.Incidents[id], new(act.Name, form, refusal)));
    }

    private static Decision<Event> Decide(World world, DateTimeOffset at, Principal who, PostmortemAct act, IncidentId id, SentForm form)
    {
        var touched = world.Incidents.TryGetValue(id, out var incident) ? incident.AffectedComponents.ToHashSet() : [];
        var stale = act.Overwrites && form["seen"] != MarkOf(world.Postmortems.GetValueOrDefault(id))
            ? new Refusal("version_changed", "Somebody else wrote at this postmortem meanwhile, so nothing was kept yet. Theirs stands below, yours in the form: put them together and save again.")
            : null;
        return (Permissions.Against(who, Act.WritePostmortem, touched, world) ?? stale) is { } no ? no : act.Decide(world, at, new(who.Actor), id, form);
    }

    private static Decision<Event> SetAction(World world, DateTimeOffset at, Actor by, IncidentId id, SentForm form)
    {
        var due = DateOnly.TryParseExact(form["due"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : (DateOnly?)null;
        return form["due"].Length > 0 && due is null
            ? new Refusal("bad_time", "Give the day by which it shall be done.", "due")
            : PostmortemDecisions.SetAction(world, at, by, id, new(
                new(form["action"]), form["text"], form["owner"].Trim().Length > 0 ? form["owner"] : null, due));
    }

    private static ImmutableArray<PostmortemSection> Cut(SentForm form) => PostmortemText.Cut(form["text"]);

    /// <summary>What somebody has seen of the text; action items are on their own.</summary>
    internal static string MarkOf(Postmortem? postmortem) => postmortem is null || postmortem.Draft.IsEmpty
        ? "0"
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PostmortemText.Join(postmortem.Draft))))[..16];
}

/// <summary>One thing that can be done with a postmortem.</summary>
internal sealed record PostmortemAct(
    string Name, string Word, ImmutableArray<string> Fields, Func<World, DateTimeOffset, Actor, IncidentId, SentForm, Decision<Event>> Decide)
{
    public bool Overwrites { get; init; }
}

using System.Collections.Immutable;
using System.Globalization;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Incidents;

/// <summary><c>/incidents/{id}/…</c>: what can be done with an incident besides saying something, a small form each.</summary>
internal static class ActEndpoints
{
    /// <summary>What the names of the fields of a split begin with: "x:u:3" for an update, "x:c:api000000000" for a component.</summary>
    public const string PartPrefix = "x:";

    private const long BodyBytesMax = 256 * 1024;

    private static readonly ImmutableArray<IncidentAct> Acts =
    [
        new("confirm", Act.PostIncident, "incident.confirmed", [], static (world, at, by, id, _) => IncidentDecisions.Publish(world, at, by, id)),
        new("take-over", Act.PostIncident, "incident.taken_over", [], static (world, at, by, id, _) => IncidentDecisions.TakeOver(world, at, by, id)),
        new("release", Act.PostIncident, "incident.released", [], static (world, at, by, id, _) => IncidentDecisions.Release(world, at, by, id)),
        new("acknowledge", Act.PostIncident, "reminder.acknowledged", [], static (world, at, by, id, _) => ReminderClock.Acknowledge(world, at, Topic.Of(id), by)),
        new("promise", Act.PostIncident, "incident.promised", ["next", "next_at"], Promise) { Overwrites = true },
        new("rename", Act.EditHistory, "incident.renamed", ["title"], static (world, at, by, id, form) =>
            IncidentDecisions.Rename(world, at, by, id, form["title"])) { Overwrites = true },
        new("began", Act.EditHistory, "incident.backdated", ["began"], Backdate) { Overwrites = true },
        new("earlier", Act.EditHistory, "incident.backdated", [], static (world, at, by, id, _) => IncidentDecisions.MoveStart(world, at, by, id)) { Overwrites = true },
        new("impact", Act.EditHistory, "incident.impact_set", ["impact"], static (world, at, by, id, form) =>
            IncidentDecisions.OverrideImpact(world, at, by, id, ImpactOf(form["impact"]))) { Overwrites = true },
        new("merge", Act.EditHistory, "incident.merged", ["into", "body"], static (world, at, by, id, form) =>
            IncidentDecisions.Merge(world, at, by, id, new(new(form["into"]), Written(form["body"])))) { Overwrites = true },
        new("split", Act.EditHistory, "incident.split", ["title", "body", "new"], Split) { Overwrites = true },
        new("remove", Act.EditHistory, "incident.removed", ["reason"], static (world, at, by, id, form) =>
            IncidentDecisions.Remove(world, at, by, id, form["reason"])) { Overwrites = true },
    ];

    public static void MapActs(this IEndpointRouteBuilder routes, FrontDesk desk, Room room)
    {
        foreach (var act in Acts)
        {
            routes.MapPost($"/incidents/{{id}}/{act.Name}", Visit.For(desk, room, visit => DoAsync(visit, act)))
                .NeedsPerson(act.Needs).BodyAtMost(BodyBytesMax);
        }
    }

    private static async Task DoAsync(Visit visit, IncidentAct act)
    {
        var many = act.Name == "split" ? new ManyOf(PartPrefix) : ManyOf.None;
        if (await SentForm.ReadAsync(visit.Context, [.. act.Fields, "key", "seen"], many) is not { } form)
        {
            return;
        }

        if (RoomEndpoints.Find(visit) is not { } incident)
        {
            await visit.ShowAsync(PlainView.NoIncident(), StatusCodes.Status404NotFound);
            return;
        }

        var said = form.Names.Where(static name => name is not ("key" or "seen")).Order(StringComparer.Ordinal).Select(name => $"{name}={form[name]}");
        await visit.DoAsync(
            Asking.Of(act.Word, incident.Id.Value, form["key"], visit.Context.Request.Path, said),
            (world, at) => Decide(world, at, visit.Who, act, incident.Id, form),
            static target => $"/incidents/{target}",
            (again, refusal) => RoomView.Of(again, again.World.Incidents[incident.Id], act: new(act.Name, form, refusal)));
    }

    /// <summary>Who may touch what is affected, then whether anything changed meanwhile, then the act itself. Pure.</summary>
    internal static Decision<Event> Decide(World world, DateTimeOffset at, Principal who, IncidentAct act, IncidentId id, SentForm form)
    {
        var touched = world.Incidents.TryGetValue(id, out var incident) ? incident.AffectedComponents.ToHashSet() : [];
        return (Permissions.Against(who, act.Needs, touched, world) ?? AgainstTarget(world, who, act, form) ?? (act.Overwrites ? Seen.Against(world, id, form["seen"]) : null)) is { } no
            ? no
            : act.Decide(world, at, new(who.Actor), id, form);
    }

    /// <summary>A merge says something there as well: to the readers of that one's components.</summary>
    private static Refusal? AgainstTarget(World world, Principal who, IncidentAct act, SentForm form) =>
        act.Fields.Contains("into") && world.Incidents.TryGetValue(new(form["into"]), out var into)
            ? Permissions.Against(who, act.Needs, into.AffectedComponents.ToHashSet(), world)
            : null;

    private static Decision<Event> Promise(World world, DateTimeOffset at, Actor by, IncidentId id, SentForm form)
    {
        var minutes = int.TryParse(form["next"], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (int?)null;
        DateTimeOffset? until = minutes is { } soon ? at + TimeSpan.FromMinutes(Math.Min(soon, 100_000))
            : form["next"] == "at" ? WallClock.Read(form["next_at"], RoomDecisions.ZoneOf(world))
            : null;
        return form["next"] == "at" && until is null
            ? new Refusal("bad_time", "Give the day and the time of the next update.", "next_update_by")
            : IncidentDecisions.PromiseNextUpdate(world, at, by, id, until);
    }

    private static Decision<Event> Backdate(World world, DateTimeOffset at, Actor by, IncidentId id, SentForm form) =>
        WallClock.Read(form["began"], RoomDecisions.ZoneOf(world)) is { } began
            ? IncidentDecisions.Backdate(world, at, by, id, began)
            : new Refusal("bad_time", "Give the day and the time at which it began.", "started_at");

    private static Decision<Event> Split(World world, DateTimeOffset at, Actor by, IncidentId id, SentForm form) =>
        IncidentDecisions.Split(world, at, by, id, new(
            new(form["new"]), form["title"],
            [.. Parts(form, "u:").Select(static seq => int.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0)],
            [.. Parts(form, "c:").Select(static component => new ComponentId(component))],
            Written(form["body"])));

    private static IEnumerable<string> Parts(SentForm form, string kind) => form.Names
        .Where(name => name.StartsWith(PartPrefix + kind, StringComparison.Ordinal)).Select(name => name[(PartPrefix.Length + kind.Length)..]);

    private static string? Written(string text) => text.Trim().Length > 0 ? text : null;

    private static Impact? ImpactOf(string word) => word switch
    {
        "none" => Impact.None,
        "minor" => Impact.Minor,
        "major" => Impact.Major,
        "critical" => Impact.Critical,
        _ => null,
    };
}

/// <summary>One thing that can be done with an incident.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Word">What the audit says of it.</param>
/// <param name="Fields">What its form holds besides key and mark.</param>
internal sealed record IncidentAct(
    string Name, Act Needs, string Word, ImmutableArray<string> Fields,
    Func<World, DateTimeOffset, Actor, IncidentId, SentForm, Decision<Event>> Decide)
{
    /// <summary>It would take the place of what somebody else said: refused where something changed since the page was made.</summary>
    public bool Overwrites { get; init; }
}

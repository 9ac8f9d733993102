using System.Collections.Immutable;
using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.State.Postmortems;

/// <summary>Writing down what happened and what will be done about it.</summary>
internal static class PostmortemDecisions
{
    /// <summary>All sections together.</summary>
    public const int TextLimit = 100_000;

    public const int SectionsMost = 50;
    public const int HeadingLimit = 200;
    private const int ActionsMost = 100;
    private const int ActionLimit = 1_000;
    private const int OwnerLimit = 100;

    /// <summary>Writes the draft; readers see nothing of it.</summary>
    public static Decision<Event> Draft(
        World world, DateTimeOffset at, Actor by, IncidentId id, ImmutableArray<PostmortemSection> sections) =>
        (Writable(world, id) ?? Refusing.Unnamed(by) ?? Text(sections)) switch
        {
            { } no => no,
            null when world.Postmortems.GetValueOrDefault(id)?.Draft.SequenceEqual(sections) is true => Array.Empty<Event>(),
            null => new Event[] { new PostmortemDrafted(at, id, sections, by) },
        };

    /// <summary>Lets readers see the draft, also where an earlier one is published already.</summary>
    public static Decision<Event> Publish(World world, DateTimeOffset at, Actor by, IncidentId id, bool deliverNotifications) =>
        (Writable(world, id) ?? Refusing.Unnamed(by) ?? Resolved(world, id) ?? Drafted(world, id)) switch
        {
            { } no => no,
            null when world.Postmortems[id] is { IsPublic: true } said && said.Published.SequenceEqual(said.Draft) => Array.Empty<Event>(),
            null => new Event[] { new PostmortemPublished(at, id, by) { Quiet = !deliverNotifications } },
        };

    /// <summary>Takes it back from readers; the text stays as a draft.</summary>
    public static Decision<Event> Revert(World world, DateTimeOffset at, Actor by, IncidentId id) =>
        (Writable(world, id) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when world.Postmortems.GetValueOrDefault(id) is not { IsPublic: true } => Array.Empty<Event>(),
            null => new Event[] { new PostmortemReverted(at, id, by) },
        };

    /// <summary>Removes text and draft. Action items stay: they are promises of their own.</summary>
    public static Decision<Event> Remove(World world, DateTimeOffset at, Actor by, IncidentId id) =>
        (Writable(world, id) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when world.Postmortems.GetValueOrDefault(id) is not { HasText: true } => Array.Empty<Event>(),
            null => new Event[] { new PostmortemRemoved(at, id, by) },
        };

    /// <summary>Adds an action item, or changes the one with its id.</summary>
    public static Decision<Event> SetAction(World world, DateTimeOffset at, Actor by, IncidentId id, ActionItem item)
    {
        var before = ActionOf(world, id, item.Id);
        var no = Writable(world, id)
            ?? Refusing.Unnamed(by)
            ?? Refusing.Text("text", item.Text, ActionLimit)
            ?? (item.Owner is null ? null : Refusing.Text("owner", item.Owner, OwnerLimit))
            ?? (before is null && world.Postmortems.GetValueOrDefault(id)?.Actions.Length >= ActionsMost
                ? new Refusal("too_many", $"There are {ActionsMost} action items already; drop one that nobody will do.", "text")
                : null);
        if (no is not null)
        {
            return no;
        }

        var trimmed = item with { Text = item.Text.Trim(), Owner = item.Owner?.Trim() };
        return before?.Item == trimmed ? Array.Empty<Event>() : new Event[] { new ActionItemSet(at, id, trimmed, by) };
    }

    /// <summary>Says that an action item is done, or with false that it is not after all.</summary>
    public static Decision<Event> SetDone(World world, DateTimeOffset at, Actor by, IncidentId id, ActionItemId item, bool done) =>
        (Writable(world, id) ?? Refusing.Unnamed(by) ?? NoAction(world, id, item)) switch
        {
            { } no => no,
            null when ActionOf(world, id, item) is { Dropped: null } action && action.DoneAt is not null == done => Array.Empty<Event>(),
            null => new Event[] { new ActionItemDone(at, id, item, done, by) },
        };

    /// <summary>Says that an action item will not be done, and why.</summary>
    public static Decision<Event> DropAction(World world, DateTimeOffset at, Actor by, IncidentId id, ActionItemId item, string reason) =>
        (Writable(world, id) ?? Refusing.Unnamed(by) ?? Refusing.Text("reason", reason, Refusing.ReasonLimit)
            ?? NoAction(world, id, item)) switch
        {
            { } no => no,
            null => new Event[] { new ActionItemDropped(at, id, item, reason.Trim(), by) },
        };

    private static Refusal? Writable(World world, IncidentId id) => world.Incidents.GetValueOrDefault(id) switch
    {
        null => new("no_such_incident", $"There is no incident {id}; list the incidents to see their ids.", "id"),
        { Removed: not null } => new("incident_removed", $"Incident {id} was removed; write about another one.", "id"),
        _ => null,
    };

    private static Refusal? Resolved(World world, IncidentId id) => world.Incidents[id].IsOpen
        ? new("still_open", "A postmortem follows the resolution; resolve the incident first.", "id")
        : null;

    private static Refusal? Drafted(World world, IncidentId id) => world.Postmortems.GetValueOrDefault(id) is { Draft.IsEmpty: false }
        ? null
        : new("no_draft", $"Nothing is written about incident {id} yet; write a draft first.", "id");

    private static Refusal? NoAction(World world, IncidentId id, ActionItemId item) => ActionOf(world, id, item) is null
        ? new("no_such_action", $"Incident {id} has no action item {item}; list them to see their ids.", "action")
        : null;

    private static ActionItemState? ActionOf(World world, IncidentId id, ActionItemId item) =>
        world.Postmortems.GetValueOrDefault(id)?.Actions.FirstOrDefault(one => one.Item.Id == item);

    internal static Refusal? Text(ImmutableArray<PostmortemSection> sections)
    {
        if (sections.All(section => section.Body.Trim().Length == 0))
        {
            return new("empty", "The postmortem says nothing; write at least one section.", "sections");
        }

        if (sections.Length > SectionsMost)
        {
            return new("too_many", $"There are {sections.Length} sections; write at most {SectionsMost}.", "sections");
        }

        var length = sections.Sum(section => section.Heading.Length + section.Body.Length);
        return length > TextLimit
                ? new("too_long", $"The postmortem has {length} characters; at most {TextLimit} are kept, so shorten it.", "sections")
            : sections.Any(section => section.Heading.Length > HeadingLimit || section.Heading.AsSpan().ContainsAny('\r', '\n'))
                ? new("bad_heading", $"A heading is longer than {HeadingLimit} characters or has a line break; shorten it.", "sections")
            : null;
    }
}

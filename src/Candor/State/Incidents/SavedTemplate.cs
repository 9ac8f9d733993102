using System.Collections.Immutable;
using Candor.Journal;

namespace Candor.State.Incidents;

/// <summary>Words for incidents that come again, and what they usually affect; the whole template, each time.</summary>
internal sealed record TemplateSaved(DateTimeOffset At, TemplateId Template, SavedTemplate Saved, Actor By) : Event(At);

internal sealed record TemplateRemoved(DateTimeOffset At, TemplateId Template, Actor By) : Event(At);

/// <summary>A saved template. Title and body may hold placeholders, as <see cref="Template"/> has them.</summary>
/// <param name="Name">What people choose it by.</param>
internal sealed record SavedTemplate(string Name, string Title, string Body)
{
    /// <summary>What the placeholders of a saved template may name.</summary>
    public static readonly ImmutableArray<string> PlaceholderNames = ["component", "now", "page", "status"];

    public IncidentStatus? Status { get; init; }

    public ImmutableArray<Affected> Components { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether those who use it are offered to notify; they may say otherwise.</summary>
    public bool DeliverNotifications { get; init; }

    /// <summary>Records with lists in them do not compare by value.</summary>
    public bool SaysTheSame(SavedTemplate other) =>
        this with { Components = [] } == other with { Components = [] } && Components.SequenceEqual(other.Components);
}

/// <summary>Keeping templates and filling them in.</summary>
internal static class TemplateDecisions
{
    private const int NameLimit = 100;

    public static Decision<Event> Save(World world, DateTimeOffset at, Actor by, TemplateId id, SavedTemplate wish)
    {
        var no = Refusing.Unnamed(by)
            ?? Refusing.Text("name", wish.Name, NameLimit)
            ?? Refusing.Text("title", wish.Title, IncidentDecisions.TitleLimit)
            ?? Refusing.Text("body", wish.Body, IncidentDecisions.BodyLimit)
            ?? Refusing.Unknown(world, wish.Components)
            ?? Placeholders("title", wish.Title)
            ?? Placeholders("body", wish.Body)
            ?? (world.Templates.Any(other => other.Key != id && other.Value.Name == wish.Name.Trim())
                ? new Refusal("name_taken", $"There is a template called “{wish.Name.Trim()}” already; give it another name.", "name")
                : null);
        if (no is not null)
        {
            return no;
        }

        var saved = wish with { Name = wish.Name.Trim(), Title = wish.Title.Trim() };
        return world.Templates.TryGetValue(id, out var before) && before.SaysTheSame(saved)
            ? Array.Empty<Event>()
            : new Event[] { new TemplateSaved(at, id, saved, by) };
    }

    public static Decision<Event> Remove(World world, DateTimeOffset at, Actor by, TemplateId id) =>
        (Refusing.Unnamed(by) ?? (world.Templates.ContainsKey(id)
            ? null
            : new Refusal("no_such_template", $"There is no template {id}; list the templates to see their ids.", "id"))) switch
        {
            { } no => no,
            null => new Event[] { new TemplateRemoved(at, id, by) },
        };

    /// <summary>Title and body as they would be posted now, for the components that are named.</summary>
    public static (string Title, string Body) Fill(
        World world, SavedTemplate template, ImmutableArray<Affected> components, IncidentStatus status, DateTimeOffset now, TimeZoneInfo zone)
    {
        var names = components.Select(entry => entry.Component).Distinct()
            .Select(id => world.Components.TryGetValue(id, out var found) ? found.Definition.Name : id.Value);
        var words = StoredWords.Of(world.Page);
        var values = new Dictionary<string, TemplateValue>
        {
            ["component"] = string.Join('\n', names),
            ["now"] = now,
            ["page"] = world.Page.Name,
            ["status"] = words.Of(status),
        };
        var title = Template.Render(template.Title, values, zone, words).ReplaceLineEndings(", ").Trim();
        return (
            title.Length > IncidentDecisions.TitleLimit ? string.Concat(title.AsSpan(0, IncidentDecisions.TitleLimit - 1), "…") : title,
            Template.Render(template.Body, values, zone, words));
    }

    private static Refusal? Placeholders(string field, string text) =>
        Template.FaultsOf(text, SavedTemplate.PlaceholderNames) is [var fault, ..]
            ? new("bad_placeholder", $"{char.ToUpperInvariant(fault[0])}{fault[1..]}.", field)
            : null;
}

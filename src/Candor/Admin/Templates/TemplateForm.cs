using System.Collections.Immutable;
using Candor.Admin.Incidents;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Templates;

/// <summary>A template as its form offers it or was sent.</summary>
internal sealed record TemplateForm(string Name, string Title, string Body, string Status, bool Quiet, string Key)
{
    public static readonly ImmutableArray<string> Fields = ["name", "title", "body", "status", "quiet", "key"];

    public ImmutableSortedDictionary<string, string> Components { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public static TemplateForm Of(SentForm form) =>
        new(form["name"], form["title"], form["body"].ReplaceLineEndings("\n"), form["status"], form["quiet"].Length > 0, form["key"])
        {
            Components = ComposerForm.ComponentsOf(form),
        };

    public static TemplateForm Of(SavedTemplate saved, string key) => new(
        saved.Name, saved.Title, saved.Body, saved.Status?.ToString().ToLowerInvariant() ?? "", !saved.DeliverNotifications, key)
    {
        Components = ComposerForm.ComponentsOf(saved.Components),
    };

    public static TemplateForm Of(ComposerForm composed, string key) => new(
        composed.Title, composed.Title, composed.Body, composed.Status.Length > 0 ? composed.Status : "investigating", composed.Quiet, key)
    {
        Components = composed.Components,
    };

    public IEnumerable<string> Said => [Name, Title, Body, Status, $"{Quiet}", .. Components.Select(static one => $"{one.Key}={one.Value}")];

    /// <summary>Reads words and components as posts do.</summary>
    public Decision<Event> Save(World world, DateTimeOffset at, Actor by, TemplateId id)
    {
        var (wish, fault) = PostWishes.Read(world, at, new UpdateBody
        {
            Status = Status.Length > 0 ? Status : null, Body = Body, Components = [.. ComposerForm.BodiesOf(Components)],
        });
        return fault is not null
            ? fault
            : TemplateDecisions.Save(world, at, by, id, new(Name, Title, Body)
            {
                Status = wish.Status, Components = wish.Components, DeliverNotifications = !Quiet,
            });
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Intake.Posting;

/// <summary>
/// Reads single values as programs write them: a word of Statuspage's, a moment with its offset, a component by its name.
/// What is wrong with the first that cannot be read stands in <see cref="Fault"/>.
/// </summary>
internal sealed class PostReading(World world, DateTimeOffset at)
{
    private const int ComponentsMax = 500;
    private const int NamesMost = 10;
    private const int ExcerptMost = 60;

    private static readonly ImmutableArray<string> MomentForms =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly ImmutableArray<(string, IncidentStatus)> Statuses =
    [
        ("investigating", IncidentStatus.Investigating), ("identified", IncidentStatus.Identified),
        ("monitoring", IncidentStatus.Monitoring), ("resolved", IncidentStatus.Resolved),
    ];

    private static readonly ImmutableArray<(string, Impact)> Impacts =
        [("none", State.Impact.None), ("minor", State.Impact.Minor), ("major", State.Impact.Major), ("critical", State.Impact.Critical)];

    private static readonly ImmutableArray<(string, State.ComponentStatus)> ComponentStatuses =
    [
        ("operational", State.ComponentStatus.Operational), ("degraded_performance", State.ComponentStatus.DegradedPerformance),
        ("partial_outage", State.ComponentStatus.PartialOutage), ("major_outage", State.ComponentStatus.MajorOutage),
        ("under_maintenance", State.ComponentStatus.UnderMaintenance),
    ];

    public Refusal? Fault { get; private set; }

    public IncidentStatus? Status(string? text) => Word(text, "status", Statuses);

    public Impact? Impact(string? text) => Word(text, "impact", Impacts);

    public ComponentStatus? ComponentStatus(string? text, string field) => Word(text, field, ComponentStatuses);

    public ImmutableArray<Affected> Affected(IReadOnlyList<ComponentBody>? sent)
    {
        var found = ImmutableArray.CreateBuilder<Affected>();
        foreach (var (place, one) in Few(sent).Index())
        {
            var field = $"components/{place}";
            var status = Word(one?.Status ?? "", field + "/status", ComponentStatuses);
            if (Component(one?.Component, field + "/component") is { } id && status is { } said)
            {
                found.Add(new(id, said, one!.Region));
            }
        }

        return found.ToImmutable();
    }

    public ImmutableArray<ComponentId> Components(IReadOnlyList<string>? sent) =>
        [.. Few(sent).Index().Select(one => Component(one.Item, $"components/{one.Index}")).OfType<ComponentId>().Distinct()];

    /// <summary>When the next word is promised for: by a moment, or in so many seconds from now.</summary>
    public DateTimeOffset? NextUpdate(string? by, int? inSeconds)
    {
        if (by is not null && inSeconds is not null)
        {
            Wrong("both", "The next update is promised twice; give next_update_by or next_update_in_seconds.", "next_update_in_seconds");
        }

        return inSeconds is { } seconds ? at + TimeSpan.FromSeconds(seconds) : Moment(by, "next_update_by");
    }

    /// <summary>Never a time without its offset: nobody could say whose clock was meant.</summary>
    public DateTimeOffset? Moment(string? text, string field)
    {
        if (text is null)
        {
            return null;
        }

        if (text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _]
            && DateTimeOffset.TryParseExact(text, [.. MomentForms], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
        {
            return read.ToUniversalTime();
        }

        Wrong("bad_time", $"The {field} is no time with its offset; write one such as 2026-11-26T15:36:00Z.", field);
        return null;
    }

    /// <summary>As <see cref="Moment"/>, for one that cannot be left out.</summary>
    public DateTimeOffset Needed(string? text, string field) => Moment(text ?? "", field) ?? default;

    /// <summary>By id, by its path ("Frontend > Homepage"), or by a name that only one component has.</summary>
    private ComponentId? Component(string? text, string field)
    {
        var wanted = text?.Trim() ?? "";
        if (world.Components.ContainsKey(new(wanted)))
        {
            return new(wanted);
        }

        var found = world.Components.Values
            .Where(one => one.Definition.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)
                || ComponentPath.Of(world, one).Equals(wanted, StringComparison.OrdinalIgnoreCase))
            .Select(static one => one.Id.Value).Order(StringComparer.Ordinal).ToList();
        if (found.Count == 1)
        {
            return new(found[0]);
        }

        Wrong(
            found.Count == 0 ? "no_such_component" : "ambiguous_component",
            found.Count == 0
                ? $"There is no component “{Excerpt(wanted)}”. There {Names()}; GET /api/components lists them with their ids."
                : $"{found.Count} components are called “{wanted}”; write the id of one: {string.Join(", ", found)}.",
            field);
        return null;
    }

    private IReadOnlyList<T> Few<T>(IReadOnlyList<T>? sent)
        where T : class
    {
        if (sent?.Count > ComponentsMax)
        {
            Wrong("too_many", $"{sent.Count} components are named; name at most {ComponentsMax}, or the group that holds them.", "components");
            return [];
        }

        return sent ?? [];
    }

    public T? Word<T>(string? text, string field, ImmutableArray<(string Spelt, T Means)> known)
        where T : struct
    {
        if (text is null)
        {
            return null;
        }

        foreach (var (spelt, means) in known)
        {
            if (spelt == text)
            {
                return means;
            }
        }

        var what = field[(field.LastIndexOf('/') + 1)..];
        Wrong("unknown_word", $"“{Excerpt(text)}” is no {what}; write one of {string.Join(", ", known.Select(static one => one.Spelt))}.", field);
        return null;
    }

    /// <summary>"are Homepage, Mail and 3 more"</summary>
    private string Names()
    {
        var names = world.Components.Values.Select(static one => one.Definition.Name).Order(StringComparer.Ordinal).ToList();
        return names.Count switch
        {
            0 => "are none",
            <= NamesMost => $"are {string.Join(", ", names)}",
            _ => $"are {string.Join(", ", names.Take(NamesMost))} and {names.Count - NamesMost} more",
        };
    }

    private static string Excerpt(string text) => text.Length <= ExcerptMost ? text : text[..ExcerptMost] + "…";

    private void Wrong(string code, string sentence, string field) => Fault ??= new(code, sentence, field);
}

using System.Collections.Immutable;
using System.Globalization;
using Candor.Attachments;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary>The composer as it is offered or was sent: kept word for word, so that a refusal gives everything back.</summary>
internal sealed record ComposerForm
{
    /// <summary>What the names of the fields of components begin with: "c:api000000000", "c:api000000000:eu".</summary>
    public const string ComponentPrefix = "c:";

    public static readonly ImmutableArray<string> Fields =
        ["title", "status", "body", "next", "next_at", "began", "impact", "quiet", "restore", "key", "seen", "file", "file_alt"];

    /// <summary>Besides them one field for each component, and two for each file that was uploaded.</summary>
    public static readonly ManyOf Many = new(ComponentPrefix, "upload", "alt") { File = "file" };

    public string Title { get; init; } = "";

    /// <summary>Empty: an update that keeps the status.</summary>
    public string Status { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>Minutes from now, or "at" for <see cref="NextAt"/>, or empty.</summary>
    public string Next { get; init; } = "";

    /// <summary>A wall clock in the zone of the page.</summary>
    public string NextAt { get; init; } = "";

    public string Began { get; init; } = "";

    public string Impact { get; init; } = "";

    public bool Quiet { get; init; }

    /// <summary>Everything that is affected works again.</summary>
    public bool Restore { get; init; }

    public string Key { get; init; } = "";

    public string Seen { get; init; } = "";

    /// <summary>What was uploaded for it, and what each shows.</summary>
    public ImmutableArray<NamedUpload> Files { get; init; } = [];

    /// <summary>Why a file that came with the form was not taken; null where none was refused.</summary>
    public Refusal? FileFault { get; init; }

    /// <summary>By field name, what is chosen; what stays as it is has no entry.</summary>
    public ImmutableSortedDictionary<string, string> Components { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ComposerForm Of(SentForm form) => new()
    {
        Title = form["title"],
        Status = form["status"],
        Body = form["body"].ReplaceLineEndings("\n"),
        Next = form["next"],
        NextAt = form["next_at"],
        Began = form["began"],
        Impact = form["impact"],
        Quiet = form["quiet"].Length > 0,
        Restore = form["restore"].Length > 0,
        Key = form["key"],
        Seen = form["seen"],
        Components = ComponentsOf(form),
        Files = [.. form.All("upload").Index().Select(one => new NamedUpload(one.Item, form.All("alt").ElementAtOrDefault(one.Index)))],
    };

    /// <summary>What the form says, without its key and without what its sender had seen.</summary>
    public IEnumerable<string> Said =>
    [
        Title, Status, Body, Next, NextAt, Began, Impact, $"{Quiet}", $"{Restore}", .. Components.Select(static one => $"{one.Key}={one.Value}"),
        .. Files.Select(static one => $"{one.Upload}={one.Alt}"),
    ];

    public IncidentBody ToOpen(TimeZoneInfo zone) => new()
    {
        Title = Title,
        Body = Body,
        Status = Status.Length > 0 ? Status : null,
        Components = [.. BodiesOf(Components)],
        StartedAt = Moment(Began, zone),
        Impact = Impact.Length > 0 ? Impact : null,
        NextUpdateBy = Next == "at" ? Moment(NextAt.Length > 0 ? NextAt : "nothing", zone) : null,
        NextUpdateInSeconds = Seconds(),
        DeliverNotifications = !Quiet,
    };

    /// <param name="affected">The components that the incident names: those that work again where the form says so.</param>
    public UpdateBody ToUpdate(TimeZoneInfo zone, IEnumerable<ComponentId> affected) => new()
    {
        Body = Body,
        Status = Status.Length > 0 ? Status : null,
        Components = [.. BodiesOf(Components), .. Restore ? affected.Where(id => !IsNamed(id)).Select(static id => new ComponentBody(id.Value, "operational")) : []],
        NextUpdateBy = Next == "at" ? Moment(NextAt.Length > 0 ? NextAt : "nothing", zone) : null,
        NextUpdateInSeconds = Seconds(),
        DeliverNotifications = !Quiet,
    };

    /// <summary>A wall clock as browsers send it, as the instant that it means in a zone; what is none is passed on, to be refused.</summary>
    public static string? Moment(string local, TimeZoneInfo zone) => local.Length == 0 ? null
        : WallClock.Read(local, zone) is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : local;

    /// <summary>By field name, what is chosen for components; what stays as it is is left out.</summary>
    public static ImmutableSortedDictionary<string, string> ComponentsOf(SentForm form) => form.Names
        .Where(name => name.StartsWith(ComponentPrefix, StringComparison.Ordinal) && form[name].Length > 0)
        .ToImmutableSortedDictionary(static name => name, name => form[name], StringComparer.Ordinal);

    /// <summary>The same for what is known already.</summary>
    public static ImmutableSortedDictionary<string, string> ComponentsOf(IEnumerable<Affected> known) => known
        .Select(static one => (Name: NameOf(one.Component, one.Region), one.Status))
        .DistinctBy(static one => one.Name)
        .ToImmutableSortedDictionary(static one => one.Name, static one => WordOf(one.Status), StringComparer.Ordinal);

    public static string NameOf(ComponentId component, string? region) => ComponentPrefix + component + (region is null ? "" : ":" + region);

    public static IEnumerable<ComponentBody> BodiesOf(IEnumerable<KeyValuePair<string, string>> chosen) => chosen.Select(static one =>
        one.Key[ComponentPrefix.Length..].Split(':', 2) is [var id, var region]
            ? new ComponentBody(id, one.Value, region)
            : new(one.Key[ComponentPrefix.Length..], one.Value));

    private static string WordOf(ComponentStatus status) => status switch
    {
        ComponentStatus.UnderMaintenance => "under_maintenance",
        ComponentStatus.DegradedPerformance => "degraded_performance",
        ComponentStatus.PartialOutage => "partial_outage",
        ComponentStatus.MajorOutage => "major_outage",
        _ => "operational",
    };

    private int? Seconds() =>
        int.TryParse(Next, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? Math.Min(minutes, 100_000) * 60 : null;

    private bool IsNamed(ComponentId id) => Components.Keys.Any(name => name[ComponentPrefix.Length..].Split(':', 2)[0] == id.Value);
}

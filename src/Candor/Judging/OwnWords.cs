using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>The owner's words where there are some, Candor's where there are none.</summary>
internal static class OwnWords
{
    private const int TitleCharsMax = 255;

    public static string Title(World world, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since) =>
        world.Policy.Texts?.Title is { } own
            ? Line(Template.Render(own, Opening(world, affected, cause, view, since), TimeZoneInfo.Utc, StoredWords.Of(world.Page)))
            : Wording.Of(world.Page).Title(affected, cause, view);

    public static string Opened(Desk desk, string title, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since) =>
        desk.World.Policy.Texts?.Opened is { } own
            ? Template.Render(own, Opening(desk.World, affected, cause, view, since), TimeZoneInfo.Utc, StoredWords.Of(desk.World.Page))
            : desk.Wording.Opened(title, affected, cause, view, since, desk.Now.Wall, affected.Select(desk.LayersOf).FirstOrDefault(static said => said is not null));

    public static string Resolved(
        World world, IReadOnlyList<Component> affected, Incident incident, DateTimeOffset since, DateTimeOffset now) =>
        world.Policy.Texts?.Resolved is { } own
            ? Template.Render(own, Closing(world, affected, incident, since), TimeZoneInfo.Utc, StoredWords.Of(world.Page))
            : Wording.Of(world.Page).Resolved(affected, incident, since, now);

    private static Dictionary<string, TemplateValue> Opening(
        World world, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since) => new()
    {
        ["component"] = Wording.Of(world.Page).NamesOf(affected),
        ["page"] = world.Page.Name,
        ["places"] = Wording.Of(world.Page).Counted(cause.Evidence?.Bad ?? 1, cause.Evidence?.Configured ?? 1),
        ["reason"] = Wording.Of(world.Page).Language.Reason(view?.ReasonOf(cause) ?? cause.Evidence?.Reason ?? "", cause.Definition.Check.SpeaksForOthers),
        ["since"] = since,
    };

    private static Dictionary<string, TemplateValue> Closing(
        World world, IReadOnlyList<Component> affected, Incident incident, DateTimeOffset since) => new()
    {
        ["component"] = Wording.Of(world.Page).NamesOf(affected),
        ["lasted"] = Wording.Of(world.Page).Lasting(Wording.InAll(incident, since)),
        ["page"] = world.Page.Name,
        ["since"] = since,
    };

    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length > TitleCharsMax ? string.Concat(line.AsSpan(0, TitleCharsMax - 1), "…") : line;
    }
}

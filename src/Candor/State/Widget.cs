using System.Buffers;
using System.Text.Json.Serialization;
using Candor.Journal;

namespace Candor.State;

/// <summary>Somebody decided how the line for other sites looks; the whole of it, each time.</summary>
internal sealed record WidgetConfigured(DateTimeOffset At, Widget Widget, Actor By) : Event(At);

/// <summary>The line that other sites show of this page (<c>/widget.js</c>). Colours are #rrggbb; null: the built-in one.</summary>
internal sealed record Widget(WidgetCorner Corner)
{
    public static readonly Widget BuiltIn = new(WidgetCorner.BottomLeft);

    public string? IncidentBackground { get; init; }

    public string? IncidentText { get; init; }

    public string? MaintenanceBackground { get; init; }

    public string? MaintenanceText { get; init; }
}

/// <summary>Where on the other site's window the line stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WidgetCorner>))]
internal enum WidgetCorner
{
    [JsonStringEnumMemberName("bottom_left")]
    BottomLeft,
    [JsonStringEnumMemberName("bottom_right")]
    BottomRight,
    [JsonStringEnumMemberName("top_left")]
    TopLeft,
    [JsonStringEnumMemberName("top_right")]
    TopRight,
}

/// <summary>Changing the looks of the widget.</summary>
internal static class WidgetDecisions
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Tells it and who did it in one step; nothing where it looks so already.</summary>
    /// <param name="token">The token that was used, or null.</param>
    public static Decision<Event> Configure(World world, DateTimeOffset at, Actor by, Widget wish, string? token = null)
    {
        var no = Refusing.Unnamed(by)
            ?? Colour("incident_background_color", wish.IncidentBackground) ?? Colour("incident_text_color", wish.IncidentText)
            ?? Colour("maintenance_background_color", wish.MaintenanceBackground) ?? Colour("maintenance_text_color", wish.MaintenanceText);
        if (no is not null || wish == world.Widget)
        {
            return no is not null ? no : Array.Empty<Event>();
        }

        var audit = AuditDecisions.Record(at, by, "widget.configured", world.Page.Id, new(Token: token));
        return audit.Refusal is { } refusal ? refusal : Decision.Of<Event>([new WidgetConfigured(at, wish, by), .. audit.Events]);
    }

    private static Refusal? Colour(string field, string? colour) =>
        colour is null || (colour.Length == 7 && colour[0] == '#' && colour.AsSpan(1).IndexOfAnyExcept(HexDigits) < 0)
            ? null
            : new("bad_colour", $"The {field} is no colour; write it as #rrggbb, for example #b34a0f, or nothing for the built-in one.", field);
}

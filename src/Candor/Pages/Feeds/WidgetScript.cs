using System.Text;
using System.Text.Json.Nodes;
using Candor.Pages.Html;
using Candor.State;

namespace Candor.Pages.Feeds;

/// <summary><c>/widget.js</c> with the place and the colours that the page's people gave it.</summary>
internal static class WidgetScript
{
    public const string Path = "/widget.js";

    private const string Light = "#ffffff";
    private const string Dark = "#14161a";
    private const double ContrastMin = 4.5;

    public static Rendition Render(Widget widget, byte[] script, IReadOnlyDictionary<string, string>? line)
    {
        var looks = new JsonObject
        {
            ["edge"] = widget.Corner is WidgetCorner.TopLeft or WidgetCorner.TopRight ? "top" : "bottom",
            ["side"] = widget.Corner is WidgetCorner.TopLeft or WidgetCorner.BottomLeft ? "left" : "right",
            ["incident"] = Of(widget.IncidentBackground, widget.IncidentText),
            ["maintenance"] = Of(widget.MaintenanceBackground, widget.MaintenanceText),
        };
        if (line is not null)
        {
            looks["line"] = new JsonObject(line.Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value)));
        }

        return new(
            Path, "text/javascript; charset=utf-8",
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(script).Replace("LOOKS", looks.ToJsonString(), StringComparison.Ordinal)));
    }

    /// <summary>On a background of their own choice text stays readable where nobody chose its colour too.</summary>
    private static JsonObject Of(string? background, string? text) => new()
    {
        ["background"] = background,
        ["text"] = text ?? (background is not null && Accent.Contrast(Light, background) < ContrastMin ? Dark : null),
    };
}

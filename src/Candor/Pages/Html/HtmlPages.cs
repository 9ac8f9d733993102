using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Candor.Languages;
using Candor.State;
using Candor.State.Maintenances;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Pages.Html;

/// <summary>
/// The HTML pages. Pure: the same brief gives the same bytes. Words that name an age ("12 min ago") are true at
/// <see cref="Brief.Now"/>, so whoever publishes renders the status page anew at least every 30 seconds.
/// </summary>
internal static class HtmlPages
{
    private const string ContentType = "text/html; charset=utf-8";

    // Without this the default encoder turns every letter beyond ASCII into a numeric reference.
    private static readonly IServiceProvider Parts = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    // All pages of one edition come from one brief: what they share is worked out once.
    private static readonly ConditionalWeakTable<Brief, Sheet> Sheets = [];

    /// <summary>What the pages load besides themselves.</summary>
    public static IReadOnlyList<Rendition> Assets => PageAssets.All;

    /// <summary>Every page there is, by path, without rendering any.</summary>
    public static IEnumerable<string> Paths(Brief brief)
    {
        var sheet = SheetOf(brief);
        return
        [
            "/", "/history", "/maintenance", "/subscribe", "/uptime",
            .. brief.World.Components.Keys.Select(id => $"/components/{id}"),
            .. sheet.Incidents.Select(incident => $"/incidents/{incident.Id}"),
            .. sheet.Maintenances.Select(maintenance => Links.PathOf(maintenance.Id)),
            .. HistoryView.Months(sheet).Select(month => $"/history/{HistoryView.Key(month)}"),
        ];
    }

    /// <summary>One page by its path, or null where there is none. Nothing else is rendered.</summary>
    public static async Task<Rendition?> Render(Brief brief, string path, CancellationToken cancellationToken)
    {
        var sheet = SheetOf(brief);
        return ViewOf(sheet, path) is { } view ? await Print(sheet, path, view, cancellationToken) : null;
    }

    /// <summary>The page for addresses that lead nowhere; served with status 404.</summary>
    public static async Task<Rendition> NotFound(Brief brief, CancellationToken cancellationToken)
    {
        var sheet = SheetOf(brief);
        var page = await Print(sheet, "/404", new(sheet.Words.Plain.NoSuchPageTitle, PlainViews.NotFound(sheet)), cancellationToken);
        return page with { StatusCode = 404 };
    }

    /// <summary>All that is said to whom nothing is shown.</summary>
    public static async Task<Rendition?> Closed(Brief brief, CancellationToken cancellationToken)
    {
        var sheet = SheetOf(brief);
        var page = await Print(sheet, "/", new(sheet.Words.Plain.Private, PlainViews.Closed(sheet)), cancellationToken);
        return page with { StatusCode = 403 };
    }

    /// <summary>What all forms of one brief share.</summary>
    public static Sheet SheetOf(Brief brief) => Sheets.GetValue(brief, static b => new(b, Language.Of(b.World.Page.Language)));

    private static View? ViewOf(Sheet sheet, string path) => path.Split('/') switch
    {
        ["", ""] => new(sheet.Headline.Sentence(sheet.Clock, sheet.Now), StatusView.Of(sheet)),
        ["", "history"] => History(sheet, HistoryView.Months(sheet).Last()),
        ["", "history", var key] => History(sheet, HistoryView.Months(sheet).FirstOrDefault(m => HistoryView.Key(m) == key)),
        ["", "maintenance"] => new(sheet.Words.Maintenance.Maintenance, MaintenanceView.All(sheet)),
        ["", "maintenance", var id] when sheet.World.Maintenances.GetValueOrDefault(new(id)) is { } maintenance =>
            new(maintenance.Title, MaintenanceView.Of(sheet, maintenance)),
        ["", "subscribe"] => new(sheet.Words.Subscribe.Subscribe, SubscribeView.Of(sheet)),
        ["", "uptime"] => new(sheet.Words.Frame.HowUptimeIsCounted, PlainViews.UptimeFormula(sheet)),
        ["", "incidents", var id] when sheet.World.Incidents.GetValueOrDefault(new(id)) is { Published: true } incident =>
            new(incident.Title, IncidentView.Of(sheet, incident)),
        ["", "components", var id] when sheet.Find(id) is { } standing => new(standing.Name, ComponentView.Of(sheet, standing)),
        _ => null,
    };

    private static View? History(Sheet sheet, DateOnly month) =>
        month == default ? null : new(HistoryView.Name(sheet, month), HistoryView.Of(sheet, month));

    private static async Task<Rendition> Print(Sheet sheet, string path, View view, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        view = sheet.IsBeforeEverything ? new(sheet.Words.Plain.NothingKnown, PlainViews.NothingKnown(sheet)) : view;
        var title = sheet.Brief.IsClosed ? view.Title : sheet.Words.Frame.Title(view.Title.TrimEnd('.'), sheet.Page.Name);
        var document = Frame.Of(sheet, path, title, view.Content);
        await using var renderer = new HtmlRenderer(Parts, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Fragment.Content)] = document });
        var body = await renderer.Dispatcher.InvokeAsync(
            () => renderer.BeginRenderingComponent<Fragment>(parameters).ToHtmlString());
        return new(path, ContentType, Encoding.UTF8.GetBytes("<!doctype html>\n" + body))
        {
            ContentSecurityPolicy = ContentPolicy.Of(sheet.Page),
        };
    }

    private sealed record View(string Title, RenderFragment Content);
}

using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Candor.Access;
using Candor.Admin.Alerts;
using Candor.Access.Secrets;
using Candor.Admin.Audits;
using Candor.Admin.Fleet;
using Candor.Admin.Incidents;
using Candor.Admin.Places;
using Candor.Admin.Planned;
using Candor.Admin.Postmortems;
using Candor.Admin.Templates;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Pages;
using Candor.Tests.State;
using Candor.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace Candor.Tests.Admin;

/// <summary>The pages of operators with a journal in memory, asked without a socket: past the gate, which has tests of its own.</summary>
internal sealed class RoomRig : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Routes app = new();
    private readonly FrontDesk desk;
    private readonly Task running;

    private RoomRig(FrontDesk desk)
    {
        this.desk = desk;
        Journal = new(
            _ => new(new MemoryJournalStore(new MemoryJournalMedium())), new WorldFolding(Time), null, Time, JournalLimits.Default, NullLogger.Instance);
        running = Journal.RunAsync(stopping.Token);
        var posts = new PostDesk(() => Journal, new Cast.Chance(), Time);
        Room = new(posts, new Briefs(this), () => 0, new Cast.Chance(2), Time) { ReadBack = (_, _) => ReadBack is { } read ? (read, 2) : null };
        app.MapRoom(desk, Room, new SelfLog(Time));
        app.MapActs(desk, Room);
        app.MapEdits(desk, Room);
        app.MapPins(desk, Room);
        app.MapPlanned(desk, Room);
        app.MapPostmortems(desk, Room);
        app.MapTemplates(desk, Room);
        app.MapPlaces(desk, Room);
        app.MapAlertPage(desk, Room, () => Alerts);
        app.MapAudit(desk, Room, () => Journal);
        app.MapFleet(desk, Room, () => null, () => ReaderAddresses);
    }

    public static PersonPrincipal Ada { get; } = new(new("ada000000000"), "Ada", Role.Owner, Reach.Everything, "ada", Cast.Now);

    public static PersonPrincipal Grace { get; } = new(new("grace0000000"), "Grace", Role.Editor, Reach.Everything, "grace", Cast.Now);

    public ManualTimeProvider Time { get; } = new(Cast.Now);

    public Journal<World, Event> Journal { get; }

    public Room Room { get; }

    public World World => Journal.State;

    public AlertBoard Alerts { get; set; } = new();

    public IReadOnlyList<ReaderAddressRow> ReaderAddresses { get; set; } = [];

    /// <summary>At how many of two addresses each update was read back; null: none is named.</summary>
    public int? ReadBack { get; set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RoomRig> StartAsync(params Event[] facts)
    {
        var people = new MemoryPeople();
        foreach (var person in new[] { Cast.Somebody(), Cast.Somebody("grace0000000", Role.Editor, "grace@example.com") with { Name = "Grace" } })
        {
            people.Rows[(person.Kind, person.Key)] = person;
        }

        var time = new ManualTimeProvider(Cast.Now);
        var opened = await FrontDesk.OpenAsync(
            () => new(people.Open()),
            register => new(register, MasterKeys.Load(new MemoryDisk(), "master.key", null, new Cast.Chance()), new Cast.Chance(), time, new KeptAudit(), rounds: 1),
            time, NullLogger.Instance, Ct);
        var rig = new RoomRig(opened);
        await rig.Journal.WaitForOpenAsync(Ct);
        await rig.HappenAsync(
        [
            new PageConfigured(Cast.Now, new("heron0000000", "Heron Copier", "Europe/Berlin")),
            new ComponentAdded(Cast.Now, new(Told.Api, "API", null, 0) { Regions = ["eu", "us"] }),
            new ComponentAdded(Cast.Now, new(Told.Mail, "Mail", null, 1)),
            .. facts,
        ]);
        return rig;
    }

    public async Task HappenAsync(params Event[] facts) => await Journal.CommitAsync(_ => facts, Ct);

    /// <summary>All facts so far, oldest first.</summary>
    public async Task<IReadOnlyList<Event>> FactsAsync() =>
        [.. (await Journal.ReadAsync(Position.Start, 10_000, Ct)).Select(static one => Kinds.Decode(one.Kind, one.Body.Span, one.OccurredAt))];

    public Task<Answer> GetAsync(string path, PersonPrincipal? who = null) => AskAsync("GET", path, who ?? Ada, null);

    public Task<Answer> PostAsync(string path, PersonPrincipal who, params (string Name, string Value)[] fields) => AskAsync(
        "POST", path, who, fields.GroupBy(static one => one.Name).ToDictionary(static one => one.Key, static one => new StringValues([.. one.Select(static each => each.Value)])));

    /// <summary>Sends the form of a page as it stands there, with some fields filled in.</summary>
    public async Task<Answer> FillAsync(Answer page, string form, PersonPrincipal who, params (string Name, string Value)[] fields)
    {
        var found = (IHtmlFormElement)page.Page.QuerySelector(form)!;
        var standing = found.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Name is not (null or "form_token") && (input.Type is not ("checkbox" or "radio") || input.IsChecked))
            .Select(static input => (input.Name!, input.Value))
            .Concat(found.Elements.OfType<IHtmlTextAreaElement>().Select(static area => (area.Name!, area.Value)))
            .Concat(found.Elements.OfType<IHtmlSelectElement>().Select(static select => (select.Name!, select.Value ?? "")))
            .Where(one => !fields.Any(field => field.Name == one.Item1));
        return await PostAsync(found.GetAttribute("action")!, who, [.. standing, .. fields]);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
        await desk.DisposeAsync();
        stopping.Dispose();
    }

    private async Task<Answer> AskAsync(string method, string path, PersonPrincipal who, Dictionary<string, StringValues>? fields)
    {
        var (plain, query) = path.Split('?') is [var before, var after] ? (before, "?" + after) : (path, "");
        var (route, values) = Match(method, plain);
        var context = new DefaultHttpContext
        {
            Request = { Method = method, Host = new("127.0.0.1", 8081), Path = plain, QueryString = new(query), RouteValues = values },
            Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.77") },
        };
        context.SetEndpoint(route);
        context.Features.Set<Principal>(who);
        if (fields is not null)
        {
            context.Request.ContentType = "application/x-www-form-urlencoded";
            context.Request.Form = new FormCollection(fields);
        }

        using var body = new MemoryStream();
        context.Response.Body = body;
        await route.RequestDelegate!(context);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        return new(context.Response.StatusCode, context.Response.Headers.Location.ToString(), text, await new HtmlParser().ParseDocumentAsync(text, Ct));
    }

    private (RouteEndpoint Route, RouteValueDictionary Values) Match(string method, string path) =>
        app.DataSources.SelectMany(static source => source.Endpoints).Cast<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method))
            .OrderBy(static route => route.RoutePattern.Parameters.Count)
            .Select(route =>
            {
                var values = new RouteValueDictionary();
                return (route, values, Fits: new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!), []).TryMatch(path, values));
            })
            .Where(static one => one.Fits).Select(static one => (one.route, one.values)).First();

    /// <param name="Location">Where it goes on, or empty.</param>
    internal sealed record Answer(int Status, string Location, string Text, IHtmlDocument Page)
    {
        public string Words(string selector = "main") => Page.Words(selector);

        /// <summary>What stands in a field of the page.</summary>
        public string? Field(string name) => Page.QuerySelector($"#composer [name='{name}']") switch
        {
            IHtmlInputElement { Type: "radio" } => ((IHtmlInputElement?)Page.QuerySelector($"#composer [name='{name}']:checked"))?.Value,
            IHtmlInputElement { Type: "checkbox" } box => box.IsChecked ? box.Value : "",
            IHtmlInputElement input => input.Value,
            IHtmlTextAreaElement area => area.Value,
            IHtmlSelectElement select => select.Value,
            _ => null,
        };
    }

    /// <summary>A table of routes and nothing else: no server, no host.</summary>
    private sealed class Routes : IEndpointRouteBuilder, IAsyncDisposable
    {
        private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddRoutingCore().BuildServiceProvider();

        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }

    private sealed class Briefs(RoomRig rig) : IBriefSource
    {
        public Brief Current() => new(rig.World, rig.Time.GetUtcNow()) { Position = rig.Journal.Position };

        public ValueTask WaitAsync(Position after, CancellationToken cancellation) => rig.Journal.WaitAsync(after, cancellation);
    }
}

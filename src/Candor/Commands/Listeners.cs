using System.Net.Sockets;
using Candor.Access;
using Candor.Access.Reading;
using Candor.Admin;
using Candor.Admin.Alerts;
using Candor.Admin.Audits;
using Candor.Admin.Fleet;
using Candor.Admin.Incidents;
using Candor.Admin.Places;
using Candor.Admin.Planned;
using Candor.Admin.Postmortems;
using Candor.Admin.Templates;
using Candor.Agents;
using Candor.Attachments;
using Candor.Effects;
using Candor.Intake;
using Candor.Intake.Alerts;
using Candor.Intake.Posting;
using Candor.Intake.Statuspage;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Notices.Subscribers;
using Candor.Notices.Trying;
using Candor.Pages;
using Candor.Pages.Serving;
using Candor.Samples;
using Candor.Subscribing;
using Candor.Subscribing.Ledgers;
using Candor.Subscribing.Lists;
using Candor.Subscribing.Office;
using Candor.Subscribing.Push;
using Candor.Subscribing.Reports;
using Candor.Watching;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Commands;

/// <summary>The two doors of a node: one for readers, one for operators. What floods the first does not reach the second.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    // What a route needs beyond this it says itself.
    private const long BodyBytesMax = 1024 * 1024;
    private const int FormFieldsMost = 16_384;
    private const string HealthIsOpen = "load balancers ask it and have no credential";

    private readonly WebApplication forReaders;
    private readonly WebApplication forOperators;
    private readonly MetricsBook metrics;

    public Listeners(
        Node.Node node, Admission admission, ListenAddress listen, ListenAddress adminListen, Logs logs, string version, FrontDesk desk,
        Offer? offer = null)
    {
        metrics = new MetricsBook(node.Meters);
        node.Publications.Readers = new(desk.Readers.AudienceOf, desk.Readers.WhileInAsync);
        var subscribers = new SubscriberDesk(() => node.Works.Journal, () => node.HasWorks ? node.Works.Office : null, new SystemRandomness(), TimeProvider.System);
        forReaders = ForReaders(node, admission, listen, logs, version, desk, subscribers, offer);
        forOperators = ForOperators(node, adminListen, logs, version, metrics, desk, subscribers);
    }

    public string Address => AddressOf(forReaders);

    public string AdminAddress => AddressOf(forOperators);

    /// <summary>Every route of both doors, for the test that none is without a policy.</summary>
    public IEnumerable<Endpoint> Routes => new[] { forReaders, forOperators }
        .SelectMany(static app => ((IEndpointRouteBuilder)app).DataSources)
        .SelectMany(static source => source.Endpoints);

    public async Task StartAsync(ListenAddress listen, ListenAddress adminListen, CancellationToken cancellation)
    {
        await StartAsync(forReaders, "--listen", listen, cancellation);
        await StartAsync(forOperators, "--admin-listen", adminListen, cancellation);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(forReaders.StopAsync(cancellation), forOperators.StopAsync(cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await forReaders.DisposeAsync();
        await forOperators.DisposeAsync();
        metrics.Dispose();
    }

    private static WebApplication ForReaders(
        Node.Node node, Admission admission, ListenAddress listen, Logs logs, string version, FrontDesk desk, SubscriberDesk subscribers,
        Offer? offer)
    {
        var app = Opened(Builder(logs).ListenForReaders(admission), listen).Build();
        app.UseAddressGuard(desk);
        app.UsePages(new PageServer(node.Publications, TimeProvider.System)
        {
            Past = new(node.Past, TimeProvider.System),
            Speaks = () => node.Language,
        });
        app.UseGate(desk);
        new ReaderEndpoints(desk, () => node.Language).Map(app);
        var optIn = new OptIn(subscribers, TimeProvider.System);
        app.MapSubscribing(desk, subscribers, optIn);
        app.MapPush(subscribers);
        new ReportEndpoints(
            subscribers, TimeProvider.System, context => ReaderSource.Of(context, desk.Readers.Doors.Proxies),
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<ReportEndpoints>()).Map(app);
        app.MapPublicSubscribers(
            new(() => node.Works.Journal, new SystemRandomness(), TimeProvider.System), ContactsOf(subscribers, optIn), TimeProvider.System,
            context => ReaderSource.Of(context, desk.Readers.Doors.Proxies), Subscribers.AnswerAsync);
        new SubscriptionEndpoints(subscribers, TimeProvider.System).Map(app);
        app.MapHealth(node.Self, () => node.IsServing, version).OpenToAll(HealthIsOpen);
        app.MapHeartbeats(async (token, beat, cancellation) =>
            node.HasWorks && await node.Works.Heartbeats.TakeAsync(token, beat, cancellation));
        app.MapAlerts(() => node.HasWorks ? node.Works.Alerts : null, TimeProvider.System);
        app.MapAgents(desk, () => node.Agents);
        app.MapFiles(node.Publications, () => node.HasWorks ? node.Works.Journal : null, () => node.Works.Attachments, TimeProvider.System);
        app.MapMirror(offer);
        app.MapReturn(() => offer?.Emergency, () => node.Works.Journal, TimeProvider.System);
        app.MapContacts(offer?.Contacts, () => node.Works.Journal, TimeProvider.System);
        return app;
    }

    private static WebApplication ForOperators(
        Node.Node node, ListenAddress listen, Logs logs, string version, MetricsBook metrics, FrontDesk desk, SubscriberDesk subscribers)
    {
        var builder = Opened(Builder(logs), listen);

        // Addresses may hold keys (?api_key=), which no log should have, however much it is to tell.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        var app = builder.Build();
        app.UseAddressGuard(desk, keysUnder: "/v1");
        app.UseRouting();
        app.UseGate(desk);
        app.MapHealth(node.Self, () => node.IsServing, version).OpenToAll(HealthIsOpen);
        app.MapMetrics(metrics).OpenToAll("figures of Candor itself for Prometheus, on the listener that is kept from the public");
        app.MapSelfPage(node.Self, version, context => FrontOf(context, desk)).OpenToAll("what is wrong with Candor itself must be readable when people.db is what is wrong");
        app.MapAdminAssets();
        Imports.ImportEndpoints.MapImports(app, new(() => node.Works.Journal, new SystemRandomness(), TimeProvider.System), TimeProvider.System);
        app.MapSignIn(desk);
        app.MapAccount(desk);
        app.MapSubscribers(subscribers);
        app.MapLists(subscribers);
        app.MapLedger(desk, subscribers);
        var tests = new TestDesk(subscribers, new SystemRandomness(), TimeProvider.System);
        app.MapTests(tests, desk);
        new SubscriberAdministration(desk, subscribers, tests).Map(app);
        app.MapPeople(desk);
        app.MapReach(desk, () => node.Works.Journal.State);
        app.MapOidc(desk, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<FrontDesk>());
        app.MapReaderAdministration(desk);
        app.MapApiDescription();
        var posting = new PostDesk(() => node.Works.Journal, new SystemRandomness(), TimeProvider.System) { Attachments = () => node.Works.Attachments };
        app.MapPosting(posting);
        app.MapUploads(posting);
        app.MapFilesForPeople(posting.WorldOf, posting.Attachments);
        app.MapStatuspage(posting, ContactsOf(subscribers), ValuesOf(node), desk, TimeProvider.System);
        var room = new Room(posting, node.Briefs, () => node.Live.Count, new SystemRandomness(), TimeProvider.System)
        {
            ReadBack = (incident, seq) => node.Works.ReadBack.Of(incident, seq) is { } state ? (state.Read, state.All) : null,
        };
        app.MapRoom(desk, room, node.Self);
        app.MapActs(desk, room);
        new LedgerAdministration(desk, room, subscribers).Map(app);
        app.MapEdits(desk, room);
        app.MapPins(desk, room);
        app.MapPlanned(desk, room);
        app.MapPostmortems(desk, room);
        app.MapTemplates(desk, room);
        app.MapPlaces(desk, room);
        app.MapAudit(desk, room, () => node.Works.Journal);
        AlertView.Map(app, () => node.HasWorks ? node.Works.Alerts : null, () => node.Works.Journal.State);
        app.MapPlaceApi(desk, () => node.Agents, () => node.Works.Judging.Bench);
        app.MapFleet(desk, room, () => node.Agents, () => node.HasWorks
            ? [.. node.Works.ReadBack.Addresses.Select(static one => new ReaderAddressRow(one.Address, one.ReadAt, one.Wrong, one.WrongFor))] : []);
        app.MapAlertPage(desk, room, () => AlertBoards.Of(node.HasWorks ? node.Works.Alerts : null));
        return app;
    }

    private static V1Contacts ContactsOf(SubscriberDesk subscribers, OptIn? optIn = null) => new()
    {
        AddressOf = subscribers.AddressOf,
        WholeAddressOf = subscribers.WholeAddressOf,
        EnterAsync = async (entry, cancellation) =>
        {
            var (id, key, refusal) = entry.Incident is { } incident
                ? await subscribers.FollowAsync(BodyOf(entry), incident, entry.By, cancellation)
                : await subscribers.EnterAsync(BodyOf(entry), entry.By, cancellation);
            return new(id, key, refusal);
        },
        AskAsync = async (entry, from, cancellation) =>
            await optIn!.AskAsync(BodyOf(entry), from, cancellation) is var said ? (said.Refusal, said.Wait) : default,
        AskAgainAsync = subscribers.AskForAsync,
        LeaveAsync = async (link, cancellation) => (subscribers.Behind(link, LinkUse.Leave) ?? subscribers.Behind(link, LinkUse.Manage)) is var (subscriber, _)
            ? (subscriber.Wishes.Channel, await subscribers.LeaveAsync(subscriber.Id, cancellation))
            : default,
    };

    private static SubscriberBody BodyOf(V1Entry entry) =>
        new() { Channel = entry.Channel, Address = entry.Address, Components = [.. entry.Components.Select(static one => one.Value)] };

    private static V1Values ValuesOf(Node.Node node) => new()
    {
        Tell = (metric, values) => node.Works.Samples.Tell(metric.Value, [.. values.Select(static one => new ToldValue(one.At, one.Value))]),
        Forget = metric => node.Works.Samples.Forget(metric.Value),
        LatestOf = metric => node.Works.Samples.Told(metric.Value, Tier.Hour, DateTimeOffset.MinValue) is [.., var newest] ? newest.At : null,
    };

    /// <summary>Where people begin who come with a browser; programs, and everybody where nobody can be let in, read plain text.</summary>
    private static string? FrontOf(HttpContext context, FrontDesk desk) =>
        desk.Reception is not null && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) ? "/now" : null;

    /// <summary>Empty on purpose: no settings from appsettings.json, ASPNETCORE_… or the command line reach the servers.</summary>
    internal static WebApplicationBuilder Builder(Logs logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();

        // The composer has a field for each component in each region; what a body may weigh is bounded in bytes.
        builder.Services.Configure<FormOptions>(static form => form.ValueCountLimit = FormFieldsMost);
        logs.AddTo(builder.Logging, TimeProvider.System);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        return builder;
    }

    /// <summary>Last, because what holds for every connection holds for the addresses that are named after it was said.</summary>
    internal static WebApplicationBuilder Opened(WebApplicationBuilder builder, ListenAddress listen)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (listen.Address is { } address)
            {
                kestrel.Listen(address, listen.Port);
            }
            else
            {
                kestrel.ListenAnyIP(listen.Port);
            }
        });
        return builder;
    }

    internal static async Task StartAsync(WebApplication app, string option, ListenAddress listen, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw new CommandFault(
                $"Somebody listens on {listen} already.",
                $"`ss -ltnp sport = :{listen.Port}` shows who; or take another port with {option} http://127.0.0.1:{listen.Port + 10}.");
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new CommandFault(
                $"This user may not listen on {listen}.", $"Take a port above 1023 with {option}, and let a proxy hold the low one.");
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            throw new CommandFault($"Listening on {listen} failed: {fault.Message}", $"`ip address` shows the addresses of this machine; give one with {option}.");
        }
    }

    internal static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Access.Secrets;
using Candor.Intake.Posting;
using Candor.Intake.Statuspage;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Contracts.Statuspage;

/// <summary>The management API with its gate on a loopback socket, over a journal in memory. A second passes with each request.</summary>
internal sealed class ManagementApi : IAsyncDisposable
{
    public const string PageId = "heronstatus1";
    public const string Group = "frontend0001";
    public const string Homepage = "homepage0001";
    public const string Mail = "mail00000001";

    /// <summary>The only one that something measures.</summary>
    public const string Shop = "shop00000001";

    private static readonly DateTimeOffset T0 = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource stopping = new();
    private readonly ManualTimeProvider time = new(T0);
    private readonly MemoryPeople people = new();
    private readonly Dictionary<TokenScope, string> tokens = [];
    private readonly Journal<World, Event> journal;
    private readonly HttpClient http = new();
    private FrontDesk? desk;
    private WebApplication? app;
    private Task running = Task.CompletedTask;

    private ManagementApi()
    {
        var medium = new MemoryJournalMedium();
        journal = new(
            _ => new(new MemoryJournalStore(medium)), new WorldFolding(time), start: null, time, JournalLimits.Default, NullLogger.Instance);
    }

    public string KeyForAddresses { get; private set; } = "";

    /// <summary>Addresses of subscribers, which no fact has.</summary>
    public Dictionary<SubscriberId, string> Addresses { get; } = [];

    /// <summary>Strangers who asked to be told.</summary>
    public List<(string Channel, string Address)> Asked { get; } = [];

    /// <summary>Whose link was sent again.</summary>
    public List<SubscriberId> AskedAgain { get; } = [];

    public KeptAudit Audit { get; } = new();

    public FrontDesk Desk => desk!;

    /// <summary>Values of metrics.</summary>
    public Dictionary<MetricId, IReadOnlyList<(DateTimeOffset At, double Value)>> Told { get; } = [];

    public bool TimePasses { get; set; } = true;

    public World World => journal.State;

    public IEnumerable<RouteEndpoint> Routes =>
        ((IEndpointRouteBuilder)app!).DataSources.SelectMany(static source => source.Endpoints).Cast<RouteEndpoint>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ManagementApi> StartAsync()
    {
        var api = new ManagementApi();
        await api.OpenAsync();
        return api;
    }

    public string TokenOf(TokenScope scope) => tokens[scope];

    public Task<(int Status, JsonElement Body)> GetAsync(string path, TokenScope scope = TokenScope.Read) =>
        SendAsync(HttpMethod.Get, path, null, scope);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string json, TokenScope scope = TokenScope.Admin) =>
        SendAsync(HttpMethod.Post, path, Json(json), scope);

    public Task<(int Status, JsonElement Body)> PatchAsync(string path, string json, TokenScope scope = TokenScope.Admin) =>
        SendAsync(HttpMethod.Patch, path, Json(json), scope);

    public async Task<(int Status, JsonElement Body)> SendAsync(
        HttpMethod method, string path, HttpContent? content, TokenScope scope, Action<HttpRequestHeaders>? headers = null)
    {
        time.Advance(TimePasses ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/v1/pages/{PageId}/{path}") { Content = content };
        request.Headers.Authorization = new("OAuth", tokens[scope]);
        headers?.Invoke(request.Headers);
        using var response = await http.SendAsync(request, Ct);
        var bytes = await response.Content.ReadAsByteArrayAsync(Ct);
        return ((int)response.StatusCode, bytes.Length == 0 ? default : JsonElement.Parse(bytes));
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static StringContent Form(string text) => new(text, Encoding.UTF8, "application/x-www-form-urlencoded");

    public void Pass(TimeSpan span) => time.Advance(span);

    /// <summary>Facts from elsewhere, such as what the judge holds.</summary>
    public async Task HappensAsync(params Event[] events) =>
        Assert.True((await journal.CommitAsync(_ => Decision.Of<Event>(events), Ct)).Accepted);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (desk?.DisposeAsync() ?? ValueTask.CompletedTask);
        stopping.Dispose();
    }

    private V1Values ValuesOf() => new()
    {
        Tell = (metric, values) => Told[metric] = [.. Told.GetValueOrDefault(metric, []), .. values],
        Forget = metric => Told.Remove(metric),
        LatestOf = metric => Told.TryGetValue(metric, out var all) && all.Count > 0 ? all.Max(static one => one.At) : null,
    };

    /// <summary>As the room of notices keeps them: stored first, then joined, and the same address once.</summary>
    private V1Contacts ContactsOf() => new()
    {
        AddressOf = id => Addresses.GetValueOrDefault(id) is { } address ? World.Subscribers.TryGetValue(id, out var there) ? ShownAddress.Of(there.Wishes.Channel, address) : address : null,
        WholeAddressOf = id => Addresses.GetValueOrDefault(id),
        LeaveAsync = static (link, _) => Task.FromResult((link == "told00000001.0f0f" ? "webhook" : null, (Refusal?)null)),
        AskAsync = (entry, _, _) =>
        {
            Asked.Add((entry.Channel, entry.Address));
            return Task.FromResult(Asked.Count > 3 ? (new Refusal("too_many", "Too many have asked from here."), TimeSpan.FromSeconds(6.5)) : ((Refusal?)null, (TimeSpan?)null));
        },
        AskAgainAsync = (id, by, _) =>
        {
            var refusal = SubscriberDecisions.AskFor(World, time.GetUtcNow(), id, by).Refusal;
            AskedAgain.AddRange(refusal is null ? [id] : []);
            return Task.FromResult(refusal);
        },
        EnterAsync = async (entry, cancellation) =>
        {
            if (!entry.Address.Contains(entry.Channel == "email" ? '@' : ':', StringComparison.Ordinal))
            {
                return new(default, null, new("no_address", "This is no address.", "address"));
            }

            var known = Addresses.Where(one => one.Value == entry.Address).Select(static one => (SubscriberId?)one.Key).FirstOrDefault();
            var id = known ?? new($"told{Addresses.Count:00000000}");
            Addresses[id] = entry.Address;
            var outcome = await journal.CommitAsync(
                world => entry.Incident is { } incident
                    ? SubscriberDecisions.Follow(world, time.GetUtcNow(), id, entry.Channel, incident, entry.By)
                    : SubscriberDecisions.Join(world, time.GetUtcNow(), id, new(entry.Channel) { Components = entry.Components }, confirmed: true, entry.By),
                cancellation);
            return new(id, known is null ? "whsec_x" : null, outcome.Refusal);
        },
    };

    private async Task OpenAsync()
    {
        var chance = new Cast.Chance();
        foreach (var scope in Enum.GetValues<TokenScope>())
        {
            var (text, made) = Tokens.Make($"{scope}", scope, TimeSpan.FromDays(1), T0, chance);
            var kept = (ApiToken)made.Events.Single().Now!;
            people.Rows[(kept.Kind, kept.Key)] = kept;
            tokens[scope] = text.Reveal();
        }

        var (key, decided) = Tokens.Make("key", TokenScope.Read, TimeSpan.FromDays(1), T0, chance, inAddress: true);
        people.Rows[("token", key.Id.Value)] = decided.Events.Single().Now!;
        KeyForAddresses = key.Reveal();

        desk = await FrontDesk.OpenAsync(
            () => new(people.Open()),
            register => new(register, MasterKeys.Load(new MemoryDisk(), "master.key", null, chance), chance, time, Audit, rounds: 1), time, NullLogger.Instance, Ct);
        desk.Readers.Doors = new([new("staff", [], Members: true, Links: true, "a shared password"), new("office", [], Members: false, Links: false, null)], null, []);
        running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(Ct);
        await HappensAsync(
            new PageConfigured(T0, new(PageId, "Heron", "Europe/Berlin") { Url = "https://status.example.com" }),
            new MonitorAdded(T0, new(new("m"), new("http", "x", "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), JudgingRules.Default)),
            new ComponentAdded(T0, new(new(Group), "Frontend", null, 0)),
            new ComponentAdded(T0, new(new(Homepage), "Homepage", new(Group), 0) { Description = "The first page" }),
            new ComponentAdded(T0, new(new(Mail), "Mail", null, 1)),
            new ComponentAdded(T0, new(new(Shop), "Shop", null, 2) { Monitors = [new("m")] }),
            new ComponentStateChanged(T0, new(Homepage), T0, new(ComponentStatus.Operational), null),
            new ComponentStateChanged(T0, new(Mail), T0, new(ComponentStatus.Operational), null),
            new ComponentStateChanged(T0, new(Shop), T0, new(ComponentStatus.Operational), null));

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UseAddressGuard(desk, keysUnder: "/v1");
        app.UseRouting();
        app.UseGate(desk);
        app.MapStatuspage(new PostDesk(() => journal, new Cast.Chance(2), time), ContactsOf(), ValuesOf(), desk, time);
        app.MapPublicSubscribers(new(() => journal, new Cast.Chance(3), time), ContactsOf(), time, static _ => null, Candor.Pages.Serving.Subscribers.AnswerAsync);
        await app.StartAsync(Ct);
        http.BaseAddress = new(app.Urls.First());
    }
}

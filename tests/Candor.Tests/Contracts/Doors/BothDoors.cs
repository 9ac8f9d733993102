using System.Collections.Immutable;
using System.Text;
using Candor.Access;
using Candor.Access.Secrets;
using Candor.Commands;
using Candor.Journal.Memory;
using Candor.Node;
using Candor.Pages.Serving;
using Candor.Samples.Memory;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Effects;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Contracts.Doors;

/// <summary>Both listeners as `serve` makes them, on loopback sockets, before a node that runs on memory and a clock that stands still.</summary>
internal sealed class BothDoors : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly MemoryPeople people = new();
    private readonly MemoryDisk disk = new();
    private readonly Cast.Chance chance = new();
    private Candor.Node.Node? node;
    private FrontDesk? desk;
    private Listeners? listeners;
    private Task running = Task.CompletedTask;

    public World World => node!.Works.Journal.State;

    public Roster Roster => desk!.Register!.Roster;

    public Uri Readers { get; private set; } = null!;

    public Uri Operators { get; private set; } = null!;

    /// <summary>Of the readers' listener.</summary>
    public Admission Admission { get; } = new(ServingLimits.Default);

    public HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public IReadOnlyList<RouteEndpoint> Routes => [.. listeners!.Routes.Cast<RouteEndpoint>()];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Keep(Entry entry) => people.Rows[(entry.Kind, entry.Key)] = entry;

    /// <summary>A token that is kept.</summary>
    public string Token(TokenScope scope, Reach reach)
    {
        var (text, made) = Tokens.Make($"{scope}", scope, TimeSpan.FromDays(1), Cast.Now, chance, reach);
        Keep((Entry)made.Events.Single().Now!);
        return text.Reveal();
    }

    /// <summary>The cookie of a session that is kept.</summary>
    public string SignedIn(Person person)
    {
        Keep(person);
        var (cookie, begin) = Sessions.Begin(person.Id, Cast.Now, chance, "", "");
        Keep((Session)begin(Candor.Access.Roster.Of([person])).Events[0].Now!);
        return cookie;
    }

    public async Task OpenAsync(string settings)
    {
        disk.Replace("candor.yaml", Encoding.UTF8.GetBytes(settings));
        var (journal, time) = (new MemoryJournalMedium(), new ManualTimeProvider(Cast.Now));
        var effects = new NodeEffects(time, chance, disk, new FakeNetwork())
        {
            OpenJournal = _ => new(new MemoryJournalStore(journal)),
            OpenSamples = _ => new(new MemorySampleStore(new())),
        };
        node = new(new("data", "candor.yaml"), effects, NullLoggerFactory.Instance);
        desk = await FrontDesk.OpenAsync(
            () => new(people.Open()),
            register => new(register, MasterKeys.Load(new MemoryDisk(), "master.key", null, chance), chance, time, new KeptAudit(), rounds: 1),
            time, NullLogger.Instance, Ct);
        var any = new ListenAddress(System.Net.IPAddress.Loopback, 0);
        listeners = new(node, Admission, any, any, new Logs(LogLevel.None, false, false), "test", desk);
        await listeners.StartAsync(any, any, Ct);
        running = node.RunAsync(stopping.Token);
        await node.Works.Journal.WaitForOpenAsync(Ct);
        await node.Works.SettingsLooked.Task.WaitAsync(Ct);
        (Readers, Operators) = (new(listeners.Address), new(listeners.AdminAddress));
    }

    public async Task HappenAsync(params Event[] facts) =>
        Assert.True((await node!.Works.Journal.CommitAsync(_ => facts, Ct)).Accepted);

    /// <summary>An alert of another tool about a service.</summary>
    public async Task TellAsync(string service) => await node!.Works.Alerts.TakeAsync(
        AlertTool.Alertmanager,
        [new(service, AlertStatus.Firing, $"Trouble with {service}", ImmutableDictionary<string, string>.Empty.Add("service", service), "", null)],
        message: null, Ct);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await stopping.CancelAsync();
        if (listeners is not null)
        {
            await listeners.StopAsync(CancellationToken.None);
            await listeners.DisposeAsync();
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        node?.Dispose();
        await (desk?.DisposeAsync() ?? ValueTask.CompletedTask);
        stopping.Dispose();
    }
}

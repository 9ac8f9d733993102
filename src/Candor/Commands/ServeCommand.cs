using System.CommandLine;
using System.Globalization;
using Candor.Access;
using Candor.Access.External;
using Candor.Access.Reading;
using Candor.Access.Secrets;
using Candor.Access.Sqlite;
using Candor.Admin.Audits;
using Candor.Commands.Backups;
using Candor.Effects;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Node;
using Candor.Notices.Queue.Sqlite;
using Candor.Pages.Audiences;
using Candor.Notices.Subscribers.Sqlite;
using Candor.Pages.Serving;
using Candor.Samples.Sqlite;
using Candor.Settings.Forms;
using Candor.Watching;

namespace Candor.Commands;

/// <summary><c>candor serve</c>: watches, judges and publishes until it is told to stop.</summary>
internal static partial class ServeCommand
{
    private static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ListenersStopWithin = TimeSpan.FromMilliseconds(500);

    public static Command Create(Terminal terminal)
    {
        var (config, data) = (CommonOptions.Config(), CommonOptions.Data());
        var (listen, admin) = (CommonOptions.Listen(), CommonOptions.AdminListen());
        var commands = new Option<bool>("--allow-commands")
        {
            Description = "Let monitors run programs of this machine (Nagios plugins).",
        };
        var format = new Option<string>("--log-format") { Description = "plain or json.", DefaultValueFactory = _ => "plain" };
        format.AcceptOnlyFromAmong("plain", "json");
        var verbose = new Option<bool>("--verbose") { Description = "Log every detail, with stack traces." };
        var command = new CandorCommand("serve", "Watch, judge and publish. Works with no configuration at all.")
        {
            Options = { config, data, listen, admin, commands, format, verbose },
            Examples =
            [
                ("candor serve", "the page on http://127.0.0.1:8080, settings from ./candor.yaml"),
                ("candor serve --listen http://0.0.0.0:80 --data /var/lib/candor", "for everybody, data elsewhere"),
            ],
        };
        command.SetAction((parsed, stopping) =>
        {
            var least = parsed.GetValue(verbose) ? LogLevel.Debug : LogLevel.Information;
            var order = new ServeOrder(
                new(Path.GetFullPath(parsed.GetValue(data)!), Path.GetFullPath(parsed.GetValue(config)!))
                {
                    Version = VersionCommand.Current.Number,
                },
                ListenAddress.Read("--listen", parsed.GetValue(listen)!),
                ListenAddress.Read("--admin-listen", parsed.GetValue(admin)!),
                parsed.GetValue(commands),
                new Logs(least, parsed.GetValue(format) == "json", terminal.Traits is { Colours: true, ErrorIsTerminal: true }));
            return ServeAsync(terminal, order, stopping);
        });
        return command;
    }

    private static async Task<int> ServeAsync(Terminal terminal, ServeOrder order, CancellationToken stopping)
    {
        LibC.KeepFilesPrivate();
        LibC.TakeShortTurns();
        ProcessMemory.ShareNativeHeaps();
        SocketThreads.FinishInPlace();
        using var folder = Take(order.Options.DataFolder);
        using var logs = LoggerFactory.Create(logging => order.Logs.AddTo(logging, TimeProvider.System));
        using var telemetry = Telemetry.Start(
            Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"), order.Options.Version);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var admission = new Admission(ServingLimits.Default);
        FrontDesk? opened = null;
        using var node = new Node.Node(order.Options, EffectsOf(order, admission, () => opened, logs), logs);
        await using var desk = await OpenDeskAsync(node, order.Options, logs, stopping);
        opened = desk;
        using var key = LoadKey(order.Options.PathOf(SigningKey.PublisherFile), logs);
        await using var listeners = new Listeners(
            node, admission, order.Listen, order.AdminListen, order.Logs, order.Options.Version, desk,
            key is null ? null : new Offer(
                node.Publications.Everybody.Editions, key, new EmergencyKey(new SystemDisk(), order.Options.PathOf(PinnedKey.EmergencyFile), logs.CreateLogger<EmergencyKey>()).Read, TimeProvider.System)
            {
                Files = () => node.HasWorks ? MirroredFile.In(new AudienceView(null, node.Works.Journal.State).Of(node.Works.Journal.State)) : [],
                Contacts = ContactsOf(node, order.Options, key, logs),
            });
        var running = Task.CompletedTask;
        try
        {
            await listeners.StartAsync(order.Listen, order.AdminListen, stopping);

            // Reading a snapshot takes a moment; the last known pages are served meanwhile.
            running = Task.Run(() => node.RunAsync(ended.Token), CancellationToken.None);
            await ReadyAsync(node, running, stopping);
            if (!stopping.IsCancellationRequested && !running.IsCompleted)
            {
                terminal.Line($"Candor is ready: {listeners.Address} (operators: {listeners.AdminAddress})");
                SayHowToBegin(terminal, desk, listeners.AdminAddress);
            }

            await Task.WhenAny(running, SettleAsync(ended.Token));
            await running;
            return Exit.Done;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Exit.Done;
        }
        finally
        {
            await ended.CancelAsync();
            using var patience = new CancellationTokenSource(ListenersStopWithin);
            await listeners.StopAsync(patience.Token);

            // What it threw has been told above; here only its files must be closed before the folder is given back.
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Nothing leaves this machine of it before `candor mirror contacts` has made a key and a token.</summary>
    private static ContactsOffer ContactsOf(Node.Node node, NodeOptions options, SigningKey key, ILoggerFactory logs) => new(
        new(new SystemDisk(), options.PathOf(ContactsKey.PublicFile), options.PathOf(ContactsGrant.TokenFile), TimeProvider.System, logs.CreateLogger<ContactsGrant>()),
        () => node.HasWorks && node.Works.Office?.Contacts is { } book ? EmergencyContacts.Of(node.Works.Journal.State, book) : null,
        key, TimeProvider.System);

    /// <summary>Until there is a page, the node has ended, or the journal cannot be opened and nothing can be shown.</summary>
    private static async Task ReadyAsync(Node.Node node, Task running, CancellationToken stopping)
    {
        while (!node.IsServing && !running.IsCompleted && !stopping.IsCancellationRequested)
        {
            if (node.HasWorks && !node.Works.Journal.IsReadInPart()
                && node.Works.Journal.Condition is { Phase: JournalPhase.Failed or JournalPhase.Corrupt, Reason: { } reason })
            {
                throw new CommandFault(
                    $"The journal cannot be opened, and there are no pages from before to show. {reason}",
                    "`candor doctor` looks at the data folder, `candor verify` at the journal.");
            }

            await Task.WhenAny(node.FirstEdition, running, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None));
        }
    }

    /// <summary>Once every service has been looked at, what only the start needed is given back.</summary>
    private static async Task SettleAsync(CancellationToken stopping)
    {
        await Task.Delay(SettledAfter, TimeProvider.System, stopping);
        ProcessMemory.GiveBack();
    }

    /// <summary>On the console and nowhere else: whoever reads it becomes the first owner.</summary>
    private static void SayHowToBegin(Terminal terminal, FrontDesk desk, string address)
    {
        if (desk.Reception?.SetUp.Begin() is { } code)
        {
            var named = address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
            terminal.Error.WriteLine($"Nobody can sign in yet. Set-up code: {code}, for {named}/set-up; it is good once.");
            terminal.Error.Flush();
        }
    }

    /// <summary>Without its key a page is served all the same; mirrors say that it is silent.</summary>
    private static SigningKey? LoadKey(string path, ILoggerFactory logs)
    {
        try
        {
            return SigningKey.Load(new SystemDisk(), path);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            LogNoKey(logs.CreateLogger<SigningKey>(), fault.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Mirrors get nothing new: {Reason}")]
    private static partial void LogNoKey(ILogger logger, string reason);

    /// <summary>A list of people that cannot be read keeps everybody out, and the page up.</summary>
    private static Task<FrontDesk> OpenDeskAsync(Node.Node node, NodeOptions options, ILoggerFactory logs, CancellationToken cancellation) =>
        FrontDesk.OpenAsync(
            async () => await SqlitePeopleStore.OpenAsync(options.PathOf(SqlitePeopleStore.FileName), cancellation),
            register => new Reception(
                register,
                MasterKeys.Load(
                    new SystemDisk(), options.PathOf(MasterKeys.FileName), Environment.GetEnvironmentVariable(MasterKeys.Variable), new SystemRandomness()),
                new SystemRandomness(), TimeProvider.System,
                new JournalAudit(() => node.Works.Journal, new LogAudit(logs.CreateLogger<FrontDesk>()), TimeProvider.System)),
            TimeProvider.System, logs.CreateLogger<FrontDesk>(), cancellation);

    private static NodeEffects EffectsOf(ServeOrder order, Admission admission, Func<FrontDesk?> desk, ILoggerFactory logs)
    {
        var (time, randomness, disk) = (TimeProvider.System, new SystemRandomness(), new SystemDisk());
        var names = new SystemNames(time);
        var egress = new Egress(names.Rules([]), names.Files, randomness, time);
        return new(time, randomness, disk, egress)
        {
            OpenJournal = async cancellation => await SqliteJournalStore.OpenAsync(order.Options.PathOf("journal.db"), cancellation),
            OpenSamples = cancellation => SqliteSampleStore.OpenAsync(order.Options.PathOf("samples.db"), time, cancellation),
            Office = new(time, randomness)
            {
                OpenQueue = (channel, cancellation) =>
                    SqliteQueueStore.OpenAsync(Path.Combine(order.Options.PathOf("queues"), channel + ".db"), time, cancellation),
                OpenContacts = cancellation => SqliteContactStore.OpenAsync(order.Options.PathOf(SqliteContactStore.FileName), cancellation),
                Secrets = () => new(
                    MasterKeys.Load(disk, order.Options.PathOf(MasterKeys.FileName), Environment.GetEnvironmentVariable(MasterKeys.Variable), randomness), randomness),
                StartChannel = static channel => SystemProcesses.StartBeside(["notify", "--channel", channel]),
            },
            Rendering = new(1, "pages", nice: 0),
            Processes = order.AllowCommands ? new SystemProcesses(time) : null,
            Secrets = Environment.GetEnvironmentVariable,
            Names = names.Files,
            Gateways = () => SystemNames.Gateways(),
            Serve = said => admission.Limits = ServingLimits.Default with { IdleMax = said.KeepAlive, TrustedProxies = said.TrustedProxies },
            Admit = said =>
            {
                if (desk() is { } inside)
                {
                    var logger = logs.CreateLogger<FrontDesk>();
                    inside.Readers.Doors = AudienceDoors.Of(said, Environment.GetEnvironmentVariable, logger);
                    inside.Reception?.Oidc = OidcWay.Of(said, inside.Reception, egress, Environment.GetEnvironmentVariable, logger);
                }
            },
            Allow = networks => egress.Rules = names.Rules([.. networks.Select(System.Net.IPNetwork.Parse)]),
        };
    }

    /// <summary>Makes the folder for its owner alone and takes it, so that two servers never write one journal.</summary>
    private static FolderLock Take(string folder)
    {
        if (File.Exists(folder))
        {
            throw new CommandFault($"The data folder {folder} is a file.", "Choose another with --data.");
        }

        if (Restore.IsHalfDone(folder))
        {
            throw new CommandFault(
                $"A restore into {folder} was interrupted, and its journal is not in place.",
                $"Run it again: `candor restore FILE --data {folder} --overwrite`. What was there before lies in its folder replaced-….");
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return FolderLock.Take(folder);
        }
        catch (FolderInUseException fault)
        {
            throw new CommandFault(fault.Message, "`candor serve --data ./other --listen http://127.0.0.1:8090 --admin-listen http://127.0.0.1:8091` runs a second one.");
        }
    }

    private sealed record ServeOrder(
        NodeOptions Options, ListenAddress Listen, ListenAddress AdminListen, bool AllowCommands, Logs Logs);
}

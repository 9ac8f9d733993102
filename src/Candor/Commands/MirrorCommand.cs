using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using Candor.Access;
using Candor.Attachments;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.Pages.Live;
using Candor.Pages.Serving;
using Candor.Watching;

namespace Candor.Commands;

/// <summary><c>candor mirror</c>: serves another Candor's page from elsewhere, also when that one is gone.</summary>
internal static partial class MirrorCommand
{
    /// <summary>Whoever types an address means it; addresses of cloud metadata stay refused.</summary>
    internal static readonly ImmutableArray<IPNetwork> Anywhere = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")];

    private static readonly TimeSpan StopsWithin = TimeSpan.FromMilliseconds(500);

    public static Command Create(Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> environment)
    {
        var of = new Option<string>("--of") { Description = "The public address of the page to serve a copy of.", HelpName = "url", Required = true };
        var key = new Option<string>("--key") { Description = "The publisher's public key, as `candor mirror key` prints it there.", HelpName = "key", Required = true };
        var data = new Option<string>("--data") { Description = "The folder that holds the copy.", HelpName = "folder", DefaultValueFactory = static _ => "mirror" };
        var listen = CommonOptions.Listen();
        var voice = new MirrorVoice(environment);
        var command = new CandorCommand("mirror", "Serve another Candor's page from elsewhere, also when that one is gone.")
        {
            Options = { of, key, data, listen, voice.Contacts, voice.Mail, voice.From, voice.Home },
            Examples =
            [
                ("candor mirror key", "on the publisher's machine: the key, and the line to type elsewhere"),
                ("candor mirror contacts --out /media/stick/contacts.key", "there too: let mirrors keep sealed contacts, which that key opens"),
                ("candor mirror --of … --key … --contacts '$CONTACTS' --mail 'smtp://us:$PASSWORD@mail.example.net' --mail-from status@example.net --home https://status.example.net", "elsewhere: with a mail account of its own, to tell people by"),
                ("candor mirror emergency --out /media/stick/emergency.key", "there too: a key to post with when that machine is gone"),
                ("candor mirror --of https://status.example.com --key BPx…", "elsewhere: the same pages, checked against that key"),
            ],
        };
        command.SetAction((parsed, stopping) => ServeAsync(
            terminal, disk, randomness,
            AddressOf(parsed.GetValue(of)!),
            PinnedKey.Read(parsed.GetValue(key)!) ?? throw new CommandFault(
                "--key: that is no key of a publisher.", "`candor mirror key` on the publisher's machine prints it: 87 letters and digits.", Exit.WrongUsage),
            Path.GetFullPath(parsed.GetValue(data)!), ListenAddress.Read("--listen", parsed.GetValue(listen)!), voice.Read(parsed), stopping));
        command.Subcommands.Add(KeyCommand(terminal, disk));
        command.Subcommands.Add(MirrorPosts.Emergency(terminal, disk));
        command.Subcommands.Add(MirrorPosts.Post(terminal, disk, randomness));
        command.Subcommands.Add(MirrorContacts.Create(terminal, disk, randomness));
        command.Subcommands.Add(MirrorTellCommand.Create(terminal, disk));
        return command;
    }

    private static CandorCommand KeyCommand(Terminal terminal, IDisk disk)
    {
        var data = CommonOptions.Data();
        var command = new CandorCommand("key", "Print the public key that mirrors of this page are given.")
        {
            Options = { data },
            Examples = [("candor mirror key", "the key of ./data, made on first use")],
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(data)!;
            if (!Directory.Exists(folder))
            {
                throw new CommandFault($"There is no data folder {folder}.", "Name it with --data; `candor serve` makes it.");
            }

            LibC.KeepFilesPrivate();
            using var key = Made(terminal, disk, folder);
            terminal.Line(key.Public.ToString());
            terminal.Error.WriteLine($"Elsewhere: candor mirror --of PAGE --key {key.Public}");
            terminal.Error.WriteLine($"Keep a copy of {Path.Combine(folder, SigningKey.PublisherFile)}: without it, mirrors have to be given another key.");
            return Exit.Done;
        });
        return command;
    }

    /// <summary>The publisher's key of that data folder, made on first use.</summary>
    internal static SigningKey Made(Terminal terminal, IDisk disk, string folder)
    {
        var path = Path.Combine(folder, SigningKey.PublisherFile);
        var isNew = disk.Stat(path) is null;
        var key = Loaded(disk, path);
        if (isNew)
        {
            Give(terminal, folder, path);
        }

        return key;
    }

    /// <summary>A secret that root has made would keep `candor serve` from reading it where that is somebody else.</summary>
    internal static void Give(Terminal terminal, string folder, string file)
    {
        if (!LibC.GiveToOwnerOf(folder, file))
        {
            terminal.Error.WriteLine($"{file} belongs to you and not to whom {folder} belongs to: chown --reference={folder} {file}");
        }
    }

    internal static SigningKey Loaded(IDisk disk, string path)
    {
        try
        {
            return SigningKey.Load(disk, path);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new CommandFault(fault.Message, "The file belongs to whoever runs `candor serve`.");
        }
    }

    private static async Task<int> ServeAsync(
        Terminal terminal, IDisk disk, IRandomness randomness, Uri publisher, PinnedKey key, string folder, ListenAddress listen, MirrorVoice.Said said, CancellationToken stopping)
    {
        LibC.KeepFilesPrivate();
        LibC.TakeShortTurns();
        ProcessMemory.ShareNativeHeaps();
        SocketThreads.FinishInPlace();
        Directory.CreateDirectory(folder);
        using var taken = OfflineFolder.Take(folder, "its copy cannot be renewed", "Give each mirror a folder of its own with --data.");
        var output = new Logs(LogLevel.Information, Json: false, terminal.Traits is { Colours: true, ErrorIsTerminal: true });
        using var logs = LoggerFactory.Create(logging => output.AddTo(logging, TimeProvider.System));
        var names = new SystemNames(terminal.Time);
        var network = new Egress(names.Rules(Anywhere), names.Files, randomness, terminal.Time);
        using var http = new HttpMessageInvoker(OutboundHttp.Handler(network));
        await using var mail = said.Open(new(network, terminal.Time, randomness));
        var (self, live) = (new SelfLog(terminal.Time), new LiveStreams(terminal.Time, LiveLimits.Default));
        var board = new BulletinBoard(disk, Path.Combine(folder, BulletinBoard.FileName), terminal.Time);
        if (board.Restore() is { } damaged)
        {
            LogDamaged(logs.CreateLogger<BulletinBoard>(), BulletinBoard.FileName, damaged);
        }

        var mirror = new Mirror(
            http, publisher, key, new(disk, Path.Combine(folder, CopyFile.FileName), key), board, self, terminal.Time, logs.CreateLogger<Mirror>())
        {
            Announce = live.Announce,
        };
        mirror.Restore();
        var files = new MirroredFiles(
            http, publisher, () => mirror.Manifest, new(disk, Path.Combine(folder, FileStore.FolderName)), terminal.Time, logs.CreateLogger<MirroredFiles>());
        await using var app = Listeners.Opened(Listeners.Builder(output).ListenForReaders(new(ServingLimits.Default)), listen).Build();
        app.UsePages(new PageServer(new Publications(new(null, mirror, live)), terminal.Time));
        app.MapFilesElsewhere(files.Find);
        app.MapBoard(() => mirror.Emergency, board);
        var place = new MirrorPlace(http, publisher, key, folder, disk, self, terminal.Time, logs);
        var telling = said.Token is { } token
            ? new MirrorTelling(place, token, mail is null ? null : new(mail, said.Home!), Hashes.NewSecret(randomness), mirror, board)
            : null;
        telling?.Map(app);
        app.MapHealth(self, () => mirror.IsServing, VersionCommand.Current.Number);
        await Listeners.StartAsync(app, "--listen", listen, stopping);
        terminal.Line($"The mirror of {publisher} is ready: {Listeners.AddressOf(app)}");
        using var meters = new Meters();
        var supervisor = new Supervisor(self, new LoopMetrics(meters), terminal.Time, randomness, logs.CreateLogger<Supervisor>());
        await Task.WhenAll(
            supervisor.RunAsync("following", "What is new on the page arrives late here.", mirror.FollowAsync, stopping),
            supervisor.RunAsync("files", null, files.FollowAsync, stopping),
            supervisor.RunAsync("looking", "This copy may be older than it says.", mirror.LookAsync, stopping),
            telling is null ? supervisor.RunAsync("contacts", null, MirrorTelling.HeldBy(place, null).FollowAsync, stopping) : telling.RunAsync(supervisor, stopping),
            supervisor.RunAsync("streams", null, live.RunAsync, stopping));
        using var patience = new CancellationTokenSource(StopsWithin);
        await app.StopAsync(patience.Token);
        return Exit.Done;
    }

    [LoggerMessage(LogLevel.Error, "What {File} held is not shown, and is kept as {File}.damaged: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string file, string reason);

    internal static Uri AddressOf(string text, string option = "--of") =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" }
            ? address
            : throw new CommandFault($"{option}: “{text}” is no address of a page.", $"{option} https://status.example.com", Exit.WrongUsage);
}

using System.CommandLine;
using Candor.Attachments;
using Candor.Commands.Exports;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.Pages.Copies;
using Candor.State;

namespace Candor.Commands;

/// <summary><c>candor export</c>: the way out. The page as files for any web host, or every fact for another Candor and for programs.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var folder = new Option<string?>("--static")
        {
            Description = "A folder for the page as files: HTML, JSON, feeds and assets; works on any web host and from the folder itself.", HelpName = "folder",
        };
        var file = new Option<string?>("--json")
        {
            Description = "A file for every fact, one line of JSON each; `candor import candor` puts it back.", HelpName = "file",
        };
        var watched = new Option<string?>("--watch")
        {
            Description = "A folder that is kept as --static makes it, until stopped, from a page that is being served.", HelpName = "folder",
        };
        var of = new Option<string>("--of")
        {
            Description = "With --watch: the address at which that page is read.", HelpName = "url", DefaultValueFactory = static _ => "http://127.0.0.1:8080",
        };
        var key = new Option<string?>("--key")
        {
            Description = "With --watch: the publisher's public key, as `candor mirror key` prints it; else the one in --data.", HelpName = "key",
        };
        var command = new CandorCommand("export", "Write the whole page out; Candor may run meanwhile.")
        {
            Options = { folder, file, watched, of, key, data },
            Examples =
            [
                ("candor export --static copy", "a copy of the page as it is now"),
                ("candor export --watch /srv/www", "the same kept up to date beside `candor serve`, for any web host"),
                ("candor export --watch /srv/www --of https://status.example.com --key BPx…", "from elsewhere, as a mirror does"),
                ("candor export --json page.jsonl", "everything, for another machine"),
            ],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (copy, facts) = (parsed.GetValue(folder), parsed.GetValue(file));
            if (parsed.GetValue(watched) is { } kept)
            {
                return copy is null && facts is null
                    ? await new CopyWatch(
                        terminal, MirrorCommand.AddressOf(parsed.GetValue(of)!), KeyOf(parsed.GetValue(key), parsed.GetValue(data)!), Path.GetFullPath(kept)).RunAsync(cancellation)
                    : throw new CommandFault("--watch goes on until it is stopped, so nothing else is written by it.", "Give --static and --json to a command of their own.", Exit.WrongUsage);
            }

            if (copy is null && facts is null)
            {
                throw new CommandFault("What is to be written is missing.", "candor export --static FOLDER, --watch FOLDER, or --json FILE.", Exit.WrongUsage);
            }

            await (copy is null ? Task.CompletedTask : CopyAsync(terminal, parsed.GetValue(data)!, copy, cancellation));
            await (facts is null ? Task.CompletedTask : FactsAsync(terminal, parsed.GetValue(data)!, facts, cancellation));
            return Exit.Done;
        });
        return command;
    }

    /// <summary>Without a key on the command line it is the page of this machine.</summary>
    private static PinnedKey KeyOf(string? text, string data)
    {
        if (text is not null)
        {
            return PinnedKey.Read(text) ?? throw new CommandFault("--key: that is no key of a publisher.", "`candor mirror key` on the publisher's machine prints it: 87 letters and digits.", Exit.WrongUsage);
        }

        MustHold(data);
        using var own = MirrorCommand.Loaded(new SystemDisk(), Path.Combine(data, SigningKey.PublisherFile));
        return own.Public;
    }

    private static async Task CopyAsync(Terminal terminal, string data, string folder, CancellationToken cancellation)
    {
        MustHold(data);
        var (all, end) = OfflineJournal.ReadTo(data, terminal.Time);

        // Any web host serves the folder to everybody, so it gets what everybody may know.
        var view = new AudienceView(null, all);
        if (view.IsClosed)
        {
            throw new CommandFault(
                "This page is private, and a folder of files asks nobody who they are: nothing was written.",
                "candor export --json FILE writes every fact, for you alone; candor mirror serves a page elsewhere.");
        }

        var world = view.Of(all);
        var brief = new Brief(world, terminal.Time.GetUtcNow()) { WhoIsTold = view.GetsAll(all) ? PublicFacts.WithTold(world, all) : world, IsPast = true, Position = end };
        var attached = Attached(world, Path.Combine(data, FileStore.FolderName));
        var plans = Catalogue.FrontOf(brief).Concat(Catalogue.ArchiveOf(brief)).ToList();
        var (files, bytes) = (0, 0L);
        using (var progress = terminal.Progress("Writing pages", plans.Count))
        {
            await foreach (var one in StaticCopy.OfAsync(brief, plans, attached.Keys, cancellation))
            {
                var path = Path.Combine(folder, one.Path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, one.Content, cancellation);
                progress.Report(++files);
                bytes += one.Content.Length;
            }

            foreach (var (address, file) in attached)
            {
                var path = Path.Combine(folder, StaticCopy.FileOf(address).Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(file, path, overwrite: true);
                files++;
                bytes += new FileInfo(path).Length;
            }
        }

        terminal.Line($"{folder}: {SettingsFile.Count(files, "file")}, {bytes / 1024} KiB; begin at index.html.");
    }

    /// <summary>What hangs on public words, by its address, as far as it is there.</summary>
    private static Dictionary<string, string> Attached(World world, string folder) => world.Incidents.Values
        .Where(static incident => incident.Published)
        .SelectMany(static incident => incident.Updates).SelectMany(static update => update.Files)

        // A journal may come from elsewhere: what it calls a file becomes a path only where it is one of ours.
        .Where(static file => FileStore.IsHash(file.Hash) && FileName.IsPlain(file.Name))
        .DistinctBy(Links.PathOf)
        .Select(file => (Address: Links.PathOf(file), File: Path.Combine(folder, file.Hash)))
        .Where(static one => File.Exists(one.File))
        .ToDictionary(static one => one.Address, static one => one.File, StringComparer.Ordinal);

    private static async Task FactsAsync(Terminal terminal, string data, string file, CancellationToken cancellation)
    {
        MustHold(data);
        ExportHeader header;
        using (var progress = terminal.Progress("Writing facts", 100))
        {
            // A file that is whole or not there: an older one stays until the new one is done.
            await using (var stream = File.Create(file + ".part"))
            {
                header = await JournalExport.WriteAsync(data, stream, (done, all) => progress.Report(done * 100 / all), cancellation);
            }

            File.Move(file + ".part", file, overwrite: true);
        }

        terminal.Line($"{file}: {header.Events} facts of {header.Page}.");
    }

    private static void MustHold(string data)
    {
        if (!File.Exists(OfflineJournal.FileIn(data)))
        {
            throw new CommandFault($"There is no journal in {data}.", "Name the folder with --data.");
        }
    }
}

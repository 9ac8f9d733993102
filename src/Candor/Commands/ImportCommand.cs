using System.CommandLine;
using System.Text.Json;
using Candor.Commands.Imports;
using Candor.Effects;
using Candor.Importing;
using Candor.State;

namespace Candor.Commands;

/// <summary><c>candor import</c>: reads another page or a pasted report, shows what it understood, and writes it as facts.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal, IDisk disk, IReadOnlyList<ImportSource> sources)
    {
        var command = new CandorCommand("import", "Bring incidents and more from other pages and from pasted reports.")
        {
            Examples = [.. sources.Take(2).SelectMany(source => source.Examples.Take(1))],
        };
        foreach (var source in sources)
        {
            command.Subcommands.Add(Of(source, terminal, disk));
        }

        return command;
    }

    private static CandorCommand Of(ImportSource source, Terminal terminal, IDisk disk)
    {
        var from = new Argument<string>("source")
        {
            Description = source.IsData ? "A file, a folder of files, or - for the standard input." : "A file, or - for the standard input.",
        };
        var options = new ImportOptions();
        var command = new CandorCommand(source.Name, source.Does) { Examples = source.Examples, Arguments = { from } };
        options.AddTo(command, source.IsData);
        command.SetAction((parsed, cancellation) =>
        {
            var order = options.Read(parsed, terminal.Time.GetUtcNow());
            return RunAsync(terminal, source, new SourceLoader(disk, parsed.GetValue(from)!, source), order, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, ImportSource source, SourceLoader loader, ImportOrder order, CancellationToken cancellation)
    {
        var world = OfflineJournal.Read(order.Folder, terminal.Time);
        var hints = order.Hints with
        {
            PageZone = TimeZoneInfo.TryFindSystemTimeZoneById(world.Page.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
        };
        var files = await loader.LoadAsync(cancellation);
        ImportAnswer answer;
        using (terminal.Progress($"Reading {loader.Name}"))
        {
            answer = source.Read(files, hints, cancellation);
        }

        if (answer.Refusal is { } refusal)
        {
            var place = loader.Name == refusal.Where ? loader.Name : $"{loader.Name}: {refusal.Where}";
            throw new CommandFault($"{place} {refusal.What}.", $"{char.ToUpperInvariant(refusal.Remedy[0])}{refusal.Remedy[1..]}.");
        }

        var content = Selection.Of(answer.Content!, order.Parts);
        Tell(terminal, loader.Name, content, world, order);
        if (!order.DryRun)
        {
            throw new CommandFault("Writing what was read into the journal is not in this version; nothing was changed.", "Look at it with --dry-run.");
        }

        return Exit.Done;
    }

    private static void Tell(Terminal terminal, string name, Imported content, World world, ImportOrder order)
    {
        if (order.Json)
        {
            terminal.Line(JsonSerializer.Serialize(new ImportReport(name, Applied: false, content), CommandJson.Readable.ImportReport));
            return;
        }

        new ImportPreview(terminal, (order.Hints.Zone?.Id ?? world.Page.TimeZone)).Show(content);
        if (order.DryRun)
        {
            terminal.Line("Nothing was changed: this was a dry run.");
        }
    }
}

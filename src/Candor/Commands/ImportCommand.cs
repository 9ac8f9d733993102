using System.CommandLine;
using System.Text.Json;
using Candor.Commands.Imports;
using Candor.Effects;
using Candor.Importing;
using Candor.Importing.Entering;

namespace Candor.Commands;

/// <summary><c>candor import</c>: reads another page or a pasted report, shows what it understood, and writes it as facts.</summary>
internal static class ImportCommand
{
    public static Command Create(
        Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> variables, IReadOnlyList<ImportSource> sources)
    {
        var command = new CandorCommand("import", "Bring incidents and more from other pages and from pasted reports.")
        {
            Examples = [.. sources.Take(2).SelectMany(source => source.Examples.Take(1))],
        };
        foreach (var source in sources)
        {
            command.Subcommands.Add(Of(source, terminal, disk, variables, new(disk, randomness, variables, terminal)));
        }

        command.Subcommands.Add(CandorImport.Create(terminal));
        command.Subcommands.Add(Undo(terminal, new(disk, randomness, variables, terminal)));
        return command;
    }

    private static CandorCommand Of(
        ImportSource source, Terminal terminal, IDisk disk, Func<string, string?> variables, ImportDoors doors)
    {
        var from = new Argument<string>("source")
        {
            Description = source.IsData ? "A file, a folder of files, the page's address, or - for the standard input." : "A file, or - for the standard input.",
        };
        var options = new ImportOptions();
        var command = new CandorCommand(source.Name, source.Does) { Examples = source.Examples, Arguments = { from } };
        options.AddTo(command, source.IsData);
        AddTo(command, doors);
        var web = new WebOptions(variables);
        if (source.IsData)
        {
            web.AddTo(command, source.Name);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var order = options.Read(parsed, terminal.Time.GetUtcNow());
            return RunAsync(terminal, source, new SourceLoader(disk, parsed.GetValue(from)!, source, source.IsData ? web.Read(parsed, terminal, disk) : null), order, Enter, cancellation);

            Task Enter(Func<Func<ImportRequest, Task<ImportTold>>, Task> work) => doors.WithAsync(parsed, order, work, cancellation);
        });
        return command;
    }

    private static CandorCommand Undo(Terminal terminal, ImportDoors doors)
    {
        var import = new Argument<string>("import") { Description = "The id that the import ended with." };
        var data = CommonOptions.Data();
        var command = new CandorCommand("undo", "Take an import out again, apart from what was changed since.")
        {
            Arguments = { import },
            Options = { data },
            Examples = [("candor import undo a1b2c3d4e5f6", "as the import said at its end")],
        };
        AddTo(command, doors);
        command.SetAction(async (parsed, cancellation) =>
        {
            var told = await doors.WithdrawAsync(parsed, parsed.GetValue(data)!, new(parsed.GetValue(import)!), cancellation);
            terminal.Line($"Took out {SettingsFile.Count(told.Incidents, "incident")} and {SettingsFile.Count(told.Maintenances, "maintenance")}; the journal keeps that they were there.");
            if (told.Kept > 0)
            {
                terminal.Line($"{told.Kept} of that import were changed since and stay.");
            }

            return Exit.Done;
        });
        return command;
    }

    private static void AddTo(CandorCommand command, ImportDoors doors)
    {
        foreach (var option in doors.Access.Options)
        {
            command.Options.Add(option);
        }
    }

    private static async Task<int> RunAsync(
        Terminal terminal, ImportSource source, SourceLoader loader, ImportOrder order,
        Func<Func<Func<ImportRequest, Task<ImportTold>>, Task>, Task> enter, CancellationToken cancellation)
    {
        var world = OfflineJournal.Read(order.Folder, terminal.Time);
        var hints = order.Hints with
        {
            PageZone = TimeZoneInfo.TryFindSystemTimeZoneById(world.Page.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
        };
        var content = Selection.Of(await ReadAsync(terminal, source, loader, hints, cancellation), order.Parts);
        var preview = new ImportPreview(terminal, order.Hints.Zone?.Id ?? world.Page.TimeZone);
        if (!order.Json)
        {
            preview.Show(content, withAll: order.DryRun);
        }

        if (!order.DryRun)
        {
            Confirm(terminal, content, order);
        }

        var request = ImportRequest.Of(source.Name, content, order.Page) with { Components = order.Components, DryRun = order.DryRun };
        var told = new ImportTold(request.Import, [], []);
        await enter(async part => told = await EnterAsync(terminal, request, part, cancellation));
        if (order.Json)
        {
            terminal.Line(JsonSerializer.Serialize(new ImportReport(loader.Name, !order.DryRun, content, told), CommandJson.Readable.ImportReport));
            return Exit.Done;
        }

        new ImportOutcome(terminal, order).Show(told, content);
        if (order.DryRun)
        {
            terminal.Line("Nothing was changed: this was a dry run.");
        }

        return Exit.Done;
    }

    private static async Task<Imported> ReadAsync(
        Terminal terminal, ImportSource source, SourceLoader loader, ImportHints hints, CancellationToken cancellation)
    {
        using var progress = terminal.Progress($"Reading {loader.Name}");
        var files = await loader.LoadAsync(cancellation);
        var answer = source.Read(files, hints, cancellation);
        if (answer.Refusal is { } refusal)
        {
            var place = loader.Name == refusal.Where ? loader.Name : $"{loader.Name}: {refusal.Where}";
            throw new CommandFault($"{place} {refusal.What}.", $"{char.ToUpperInvariant(refusal.Remedy[0])}{refusal.Remedy[1..]}.");
        }

        return answer.Content!;
    }

    private static async Task<ImportTold> EnterAsync(
        Terminal terminal, ImportRequest whole, Func<ImportRequest, Task<ImportTold>> enter, CancellationToken cancellation)
    {
        var told = new ImportTold(whole.Import, [], []);
        using var progress = terminal.Progress("Entering", whole.Incidents.Length + whole.Maintenances.Length);
        foreach (var part in whole.Parts())
        {
            // What is entered stays; whoever runs it again goes on behind it.
            cancellation.ThrowIfCancellationRequested();
            told = told.And(await enter(part));
            progress.Report(told.Steps.Length);
        }

        return told;
    }

    /// <summary>What was guessed ends up as facts, so somebody says yes to it.</summary>
    private static void Confirm(Terminal terminal, Imported content, ImportOrder order)
    {
        if (order.Yes || !content.Warnings.Any(warning => warning.Assumes))
        {
            return;
        }

        if (terminal.Input is { } input)
        {
            terminal.Error.Write("Something above was guessed. Enter it as it stands? [y/N] ");
            terminal.Error.Flush();
            if (input.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES")
            {
                return;
            }

            throw new CommandFault("Nothing was entered.", "Give what is missing with the options named above.");
        }

        throw new CommandFault(
            "Something was guessed that would end up on the page; nothing was entered.", "Look with --dry-run; give what is missing, or say --yes.");
    }
}

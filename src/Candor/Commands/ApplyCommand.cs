using System.CommandLine;
using System.Text.Json;
using Candor.Effects;
using Candor.Settings;
using Candor.Settings.Forms;
using Candor.Settings.Plans;

namespace Candor.Commands;

/// <summary><c>candor apply</c>: shows what a settings file would change, and makes it so.</summary>
internal static class ApplyCommand
{
    public static Command Create(Terminal terminal, IDisk disk, IReadOnlyList<ICheckReader> checks)
    {
        var (file, data, json) = (CommonOptions.File(), CommonOptions.Data(), CommonOptions.Json());
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the plan and change nothing." };
        var server = new Option<string?>("--server") { Description = "A running server's admin address.", HelpName = "url" };
        var token = new Option<string?>("--token") { Description = "A token for it.", HelpName = "token" };
        var command = new CandorCommand("apply", "Make the journal say what the settings file says, after showing what changes.")
        {
            Options = { file, dryRun, data, server, token, json },
            Examples =
            [
                ("candor apply -f candor.yaml --dry-run", "what would be added, changed and removed"),
                ("candor apply -f candor.yaml", "the same, done; while no server works in ./data"),
            ],
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(server) is not null)
            {
                throw new CommandFault(
                    "Applying to a running server over the network is not in this version.",
                    "Save the file where the server watches it (its --config): it is in force within seconds.");
            }

            var order = new Order(
                parsed.GetValue(file)!, parsed.GetValue(data)!, parsed.GetValue(dryRun), parsed.GetValue(json));
            return RunAsync(terminal, Read(terminal, disk, checks, order), order, cancellation);
        });
        return command;
    }

    private static Declaration Read(Terminal terminal, IDisk disk, IReadOnlyList<ICheckReader> checks, Order order)
    {
        var bytes = SettingsFile.Load(disk, order.File);
        var answer = new SettingsReader(checks).Read(bytes);
        if (answer.Declaration is { } declaration)
        {
            return declaration;
        }

        if (order.Json)
        {
            terminal.Line(JsonSerializer.Serialize(SettingsReport.Of(order.File, answer), CommandJson.Readable.SettingsReport));
        }
        else
        {
            SettingsFile.Explain(terminal, bytes, answer.Faults);
        }

        throw SettingsFile.Refused(order.File, answer.Faults);
    }

    private static async Task<int> RunAsync(Terminal terminal, Declaration wanted, Order order, CancellationToken cancellation)
    {
        var at = terminal.Time.GetUtcNow();
        var plan = Plan.Between(OfflineJournal.Read(order.Folder, terminal.Time), wanted, at);
        if (!order.DryRun && !plan.IsEmpty)
        {
            // Decided again under the folder's lock: what is shown is what was done.
            await OfflineJournal.CommitAsync(
                order.Folder,
                world =>
                {
                    plan = Plan.Between(world, wanted, at);
                    return plan.Events.ToArray();
                },
                terminal.Time,
                cancellation);
        }

        Tell(terminal, plan, order);
        return Exit.Done;
    }

    private static void Tell(Terminal terminal, Plan plan, Order order)
    {
        if (order.Json)
        {
            terminal.Line(JsonSerializer.Serialize(
                new PlanReport(order.File, !order.DryRun, plan.Steps), CommandJson.Readable.PlanReport));
            return;
        }

        terminal.Line(PlanText.Of(plan, terminal.Traits is { Colours: true, OutputIsTerminal: true }));
        if (!plan.IsEmpty)
        {
            terminal.Line(order.DryRun ? "Nothing was changed: this was a dry run." : "Done.");
        }
    }

    private sealed record Order(string File, string Folder, bool DryRun, bool Json);
}

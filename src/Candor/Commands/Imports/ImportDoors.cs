using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Commands.Posts;
using Candor.Effects;
using Candor.Importing.Entering;
using Candor.Journal;
using Candor.State;

namespace Candor.Commands.Imports;

/// <summary>Where an import goes: to a running server that was named, else into the folder while no server works there.</summary>
internal sealed class ImportDoors(IDisk disk, IRandomness randomness, Func<string, string?> variables, Terminal terminal)
{
    private const string Instead =
        "Import through that server: add --server http://127.0.0.1:8081, with a token in CANDOR_TOKEN (`candor token create --name import --scope admin`).";

    public PostAccess Access { get; } = new(disk, variables, "; without it the folder of --data is written, while no server works there");

    /// <summary>Does the work with what enters one part, or only plans it in a dry run.</summary>
    public async Task WithAsync(
        ParseResult parsed, ImportOrder order, Func<Func<ImportRequest, Task<ImportTold>>, Task> work, CancellationToken cancellation)
    {
        if (Access.IsNamed(parsed))
        {
            var (server, http) = Access.Open(parsed, terminal);
            using var _ = http;
            await work(part => SendAsync(server, part, cancellation));
        }
        else if (order.DryRun)
        {
            var world = OfflineJournal.Read(order.Folder, terminal.Time);
            await work(part => Task.FromResult(ImportTold.Of(part, Plan(part, world), world)));
        }
        else
        {
            await OfflineJournal.UseAsync(
                order.Folder, Instead, terminal.Time, journal => work(part => EnterAsync(journal, part, cancellation)), cancellation);
        }
    }

    /// <summary>Takes an import out again.</summary>
    public async Task<WithdrawnTold> WithdrawAsync(ParseResult parsed, string folder, ImportId import, CancellationToken cancellation)
    {
        if (Access.IsNamed(parsed))
        {
            var (server, http) = Access.Open(parsed, terminal);
            using var _ = http;
            var answer = await server.PostAsync(
                $"/api/imports/{Uri.EscapeDataString(import.Value)}/withdraw", new WithdrawBody(), ImportJson.Default.WithdrawBody, Key(), cancellation);
            return Read(answer, ImportJson.Default.WithdrawnTold);
        }

        WithdrawnTold? told = null;
        await OfflineJournal.UseAsync(
            folder,
            Instead,
            terminal.Time,
            journal => OfflineJournal.CommitAsync(
                journal,
                world =>
                {
                    var decided = HistoryDecisions.Withdraw(world, terminal.Time.GetUtcNow(), Actor.Shell, import);
                    told = decided.Refusal is null ? WithdrawnTold.Of(world, import, decided.Events) : null;
                    return decided;
                },
                cancellation),
            cancellation);
        return told!;
    }

    private async Task<ImportTold> SendAsync(PostServer server, ImportRequest part, CancellationToken cancellation) =>
        Read(await server.PostAsync("/api/imports", part, ImportJson.Default.ImportRequest, Key(), cancellation), ImportJson.Default.ImportTold);

    private string Key() => "import-" + randomness.NextId(20);

    private static T Read<T>(byte[] answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandFault("The server answered something else than an import does.", "Is --server the operators' address of a Candor of this version?");
        }
    }

    private async Task<ImportTold> EnterAsync(Journal<World, Event> journal, ImportRequest part, CancellationToken cancellation)
    {
        ImportTold? told = null;
        await OfflineJournal.CommitAsync(
            journal,
            world =>
            {
                var plan = Plan(part, world);
                told = ImportTold.Of(part, plan, world);
                return plan.Decide(Actor.Shell);
            },
            cancellation);
        return told!;
    }

    private ImportPlan Plan(ImportRequest part, World world)
    {
        var (plan, refusal) = ImportPlan.Of(part, world, terminal.Time.GetUtcNow());
        return plan ?? throw new CommandFault(refusal!.Sentence, "Mend --map and run it again: what is there already is not entered twice.");
    }
}

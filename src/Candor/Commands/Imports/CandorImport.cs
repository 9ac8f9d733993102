using System.CommandLine;
using Candor.Commands.Exports;

namespace Candor.Commands.Imports;

/// <summary><c>candor import candor</c>: the way back of <c>candor export --json</c>.</summary>
internal static class CandorImport
{
    public static CandorCommand Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "What `candor export --json` wrote." };
        var data = CommonOptions.Data();
        var command = new CandorCommand("candor", "A whole page of Candor, into an empty folder.")
        {
            Arguments = { file },
            Options = { data },
            Examples = [("candor import candor page.jsonl --data new", "again after it broke off, it goes on")],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            Returned returned;
            using (var progress = terminal.Progress("Putting back", 100))
            {
                returned = await new JournalReturn(parsed.GetValue(file)!).ReadAsync(
                    parsed.GetValue(data)!, (done, all) => progress.Report(done * 100 / all), cancellation);
            }

            terminal.Line($"{returned.Header.Page}: {returned.Added} facts put back, {returned.Header.Events - returned.Added} there already.");
            terminal.Line(returned.IsSealed
                ? "The journal's seal is the one of the export: not a byte differs."
                : "The seal differs from the export's: the file was changed since, and what it says now is what was taken.");
            return Exit.Done;
        });
        return command;
    }
}

using Candor.Journal;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Lists;

/// <summary>Takes a list in: all of its good rows in one go, or nothing. Nothing is sent unless that is asked for.</summary>
internal sealed class ListDesk(SubscriberDesk desk)
{
    public async Task<ListOutcome> RunAsync(ListOrder order, Actor by, CancellationToken cancellation)
    {
        if (!desk.IsReady)
        {
            return new() { Refusal = new("notices.starting", "The addresses of subscribers have not been read yet. Try again in a moment.") };
        }

        var read = ListForm.Read(desk.World, order.List ?? "");
        var fates = desk.Judge(read.Rows.Select(static row => row.Body), by);
        var judged = read.Rows.Zip(fates, static (row, fate) => (Row: row, Fate: fate)).ToList();
        var outcome = new ListOutcome
        {
            DryRun = order.DryRun,
            New = judged.Count(static one => one.Fate.Kind == Fate.New),
            Changed = judged.Count(static one => one.Fate.Kind == Fate.Changed),
            Same = judged.Count(static one => one.Fate.Kind == Fate.Same),
            Changes =
            [
                .. judged.SelectMany(static one => one.Fate.Changes.Select(change => new ListChange(
                    one.Row.Line, ShownAddress.Of(one.Row.Body.Channel!, one.Row.Body.Address!), change.Field, change.Before, change.After))),
            ],
            Faults =
            [
                .. read.Faults.Concat(judged.Where(static one => one.Fate.Kind == Fate.Refused).Select(static one => FaultOf(one.Row, one.Fate.Refusal!)))
                    .OrderBy(static fault => fault.Line),
            ],
            LeftOut = [.. read.Left.Concat(judged.Select(static one => LeftOf(one.Row, one.Fate)).OfType<ListFault>()).OrderBy(static left => left.Line)],
            Warnings =
            [
                .. judged.Where(static one => one.Fate.Kind is Fate.New or Fate.Changed)
                    .Select(static one => SharedMailboxes.Warning(one.Row.Body.Channel!, one.Row.Body.Address!) is { } warning
                        ? new ListFault(one.Row.Line, $"{one.Row.Body.Address}: {warning}", "Enter it if that is meant.") : null)
                    .OfType<ListFault>(),
            ],
        };
        if (order.DryRun)
        {
            return outcome;
        }

        if (outcome.Faults.Count > 0 && !order.LeaveOutBad)
        {
            var first = outcome.Faults[0];
            return outcome with
            {
                Refusal = new("list_faults", $"{outcome.Faults.Count} rows cannot be taken, so nothing was entered. Line {first.Line}: {first.What} {first.Remedy}", "list"),
            };
        }

        var good = judged.Where(static one => one.Fate.Kind is Fate.New or Fate.Changed).Select(static one => one.Row.Body).ToList();
        var refusal = await desk.EnterListAsync(good, order.Ask, by, cancellation);
        return outcome with { Refusal = refusal, Done = refusal is null };
    }

    private static ListFault FaultOf(ListRow row, Refusal refusal) => refusal.Code switch
    {
        "blocked" => new(row.Line, $"{row.Body.Address} is blocked.", "Take the row out, or take the block away on the page “Subscribers”."),
        "no_channel" => new(row.Line, $"Nobody can be told by “{row.Body.Channel}” here.", "Take the row out, or set that channel up in candor.yaml first."),
        _ => new(row.Line, refusal.Sentence, "Mend the row, or take it out."),
    };

    private static ListFault? LeftOf(ListRow row, RowFate fate) => fate.Kind switch
    {
        Fate.Left => new(row.Line, $"{row.Body.Address} has left and is not entered again.", "They come back by their link, or by subscribing on the page."),
        Fate.Twice => new(row.Line, $"{row.Body.Address} stands further up already.", "The first row counts."),
        _ => null,
    };
}

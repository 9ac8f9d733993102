using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishUpdates : UpdateWords
{
    public override RenderFragment Since(Dated at) => Say($" since {at}");

    public override RenderFragment For(string lasted, RenderFragment at) => Say($" for {lasted} at {at}");

    public override RenderFragment FromTo(RenderFragment from, RenderFragment to) => Say($" from {from} to {to}");

    public override RenderFragment FromDayToDay(RenderFragment from, RenderFragment to) => FromTo(from, to);

    public override RenderFragment MeasuredDownSince(Dated at) => Say($"Measured as down since {at}.");

    public override string Downtimes(int count) =>
        $"We identified {(count == 1 ? "one downtime" : $"{Language.English.Lists.InWords(count)} downtimes")}: ";

    public override RenderFragment UntilNow(RenderFragment from) => Say($"{from}–now");

    public override string Unstable(int times) => $" · Unstable: came back {Language.English.Lists.Count(times, "time", "times")}";

    public override RenderFragment NextBy(Dated at, RenderFragment due) => Say($"Next update by {at} ({due}).");

    public override RenderFragment WentOnIn(RenderFragment incident) => Say($"This went on in {incident}.");

    public override RenderFragment Removed(Dated at, string reason) => Say($"Removed {at}. {reason}");

    public override string AnotherIncident => "another incident";

    public override RenderFragment Edited(Dated at) => Say($"Edited {at} (see what changed)");

    public override RenderFragment UntilItSaid(Dated at, bool typo) => Say($"Until {at} it said{(typo ? " (spelling corrected)" : "")}:");

    public override RenderFragment AddedLater(RenderFragment at) => Say($", added later, {at}");

    public override string DetectedAutomatically => " · Detected automatically";
}

using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanUpdates : UpdateWords
{
    public override RenderFragment Since(RenderFragment at) => Say($" seit {at}");

    public override RenderFragment For(string lasted, RenderFragment at) => Say($", {lasted} lang ab {at}");

    public override RenderFragment FromTo(RenderFragment from, RenderFragment to) => Say($" von {from} bis {to}");

    public override RenderFragment FromDayToDay(RenderFragment from, RenderFragment to) => Say($" vom {from} bis zum {to}");

    public override RenderFragment MeasuredDownSince(RenderFragment at) => Say($"Gemessener Ausfall seit {at}.");

    public override string Downtimes(int count) =>
        $"Wir haben {(count == 1 ? "eine Ausfallzeit" : $"{Language.German.Lists.InWords(count)} Ausfallzeiten")} gemessen: ";

    public override RenderFragment UntilNow(RenderFragment from) => Say($"{from}–jetzt");

    public override string Unstable(int times) => $" · Instabil: {(times == 1 ? "einmal" : $"{times}-mal")} wieder aufgetreten";

    public override RenderFragment NextBy(RenderFragment at, RenderFragment due) => Say($"Nächste Meldung bis {at} ({due}).");

    public override RenderFragment WentOnIn(RenderFragment incident) => Say($"Dies ging weiter in {incident}.");

    public override RenderFragment Removed(RenderFragment at, string reason) => Say($"Entfernt {at}. {reason}");

    public override string AnotherIncident => "einer anderen Störung";

    public override RenderFragment Edited(RenderFragment at) => Say($"Bearbeitet {at} (Änderungen ansehen)");

    public override RenderFragment UntilItSaid(RenderFragment at, bool typo) => Say($"Bis {at} hieß es{(typo ? " (Schreibfehler berichtigt)" : "")}:");

    public override RenderFragment AddedLater(RenderFragment at) => Say($", nachgetragen {at}");

    public override string DetectedAutomatically => " · Automatisch erkannt";
}

using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanUpdates : UpdateWords
{
    public override RenderFragment Since(Dated at) => Say($" seit {at("dem ")}");

    public override RenderFragment For(string lasted, RenderFragment at) => Say($", {lasted} lang ab {at}");

    public override RenderFragment FromTo(RenderFragment from, RenderFragment to) => Say($" von {from} bis {to}");

    public override RenderFragment FromDayToDay(RenderFragment from, RenderFragment to) => Say($" vom {from} bis zum {to}");

    public override RenderFragment MeasuredDownSince(Dated at) => Say($"Gemessener Ausfall seit {at("dem ")}.");

    public override string Downtimes(int count) =>
        $"Wir haben {(count == 1 ? "eine Ausfallzeit" : $"{Language.German.Lists.InWords(count)} Ausfallzeiten")} gemessen: ";

    public override RenderFragment UntilNow(RenderFragment from) => Say($"{from}–jetzt");

    public override string Unstable(int times) => $" · Instabil: {(times == 1 ? "einmal" : $"{times}-mal")} wieder aufgetreten";

    public override RenderFragment NextBy(Dated at, RenderFragment due) => Say($"Nächste Meldung bis {at("zum ")} ({due}).");

    public override RenderFragment WentOnIn(RenderFragment incident) => Say($"Dies ging weiter in {incident}.");

    public override RenderFragment Removed(Dated at, string reason) => Say($"Entfernt {at("am ", "um ")}. {reason}");

    public override string AnotherIncident => "einer anderen Störung";

    public override RenderFragment Edited(Dated at) => Say($"Bearbeitet {at("am ", "um ")} (Änderungen ansehen)");

    public override RenderFragment UntilItSaid(Dated at, bool typo) => Say($"Bis {at("zum ")} hieß es{(typo ? " (Schreibfehler berichtigt)" : "")}:");

    public override RenderFragment AddedLater(RenderFragment at) => Say($", nachgetragen am {at}");

    public override string DetectedAutomatically => " · Automatisch erkannt";
}

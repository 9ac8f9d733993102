using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanSteps : StepWords
{
    public override string FirstSteps => "Die ersten Schritte";

    public override string WatchesItself =>
        "Solange Sie ihm nichts anderes auftragen, überwacht Candor sich selbst: seinen Datenträger, sein Journal und seine Namensauflösung.";

    public override string NoComponents => "In den Einstellungen steht keine Komponente, also gibt es nichts zu zeigen. Eine genügt:";

    public override RenderFragment WriteAFile { get; } =
        Say($"Legen Sie in dem Ordner, in dem Candor gestartet wurde, eine Datei namens <code>candor.yaml</code> an:");

    public override string ReadWithinSeconds =>
        "Sie wird innerhalb von Sekunden gelesen und bei jeder Änderung erneut. Ein Fehler darin ändert nichts; dieser Befehl nennt jeden einzelnen mit seiner Zeile und dem, was stattdessen dort stehen sollte:";

    public override RenderFragment BecomeOwner { get; } = Say(
        $"Werden Sie der erste Eigentümer, um Störungen zu melden und andere einzuladen: Die Konsole von <code>candor serve</code> zeigt die Adresse für Betreiber und den Einrichtungscode.");

    public override string WhereBlind =>
        "Falls danach keine Messwerte vorliegen: Candor fragt das Gateway und die Namensserver seines Rechners, ob es überhaupt etwas sieht, und erklärt nichts für ausgefallen, solange sie schweigen. Wo sie nie antworten, nennen Sie etwas, das antwortet:";
}

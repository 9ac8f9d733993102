using Candor.Pages.AsOf;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanPlain : PlainWords
{
    public override string NoSuchPageTitle => "Seite nicht gefunden";

    public override string NoSuchPage(bool past) => past ? "Diese Seite gab es noch nicht" : "Diese Seite gibt es nicht";

    public override string WhyNoSuchPage(bool past) => past
        ? "Was hier stehen sollte, war zu diesem Zeitpunkt noch nicht veröffentlicht, oder die Adresse enthält einen Tippfehler."
        : "Vielleicht enthält die Adresse einen Tippfehler, oder was hier stand, wurde entfernt.";

    public override string HowThingsStand => "Zum aktuellen Stand";

    public override string PastIncidents => "Frühere Störungen";

    public override string Private => "Diese Seite ist nicht öffentlich";

    public override RenderFragment WhoMaySignIn { get; } = Say($"Wenn sie für Sie bestimmt ist, können Sie sich <a href=\"/sign-in\">anmelden</a>.");

    public override string NothingKnown => "Damals war noch nichts bekannt";

    public override RenderFragment RecordBeginsLater(RenderFragment than) =>
        Say($"Die Aufzeichnungen dieser Seite beginnen später als am {than}. Ob damals alles funktionierte, lässt sich nicht sagen.");

    public override string UptimeLead => "Die Verfügbarkeit ist der Anteil der beobachteten Zeit, in dem der Dienst nutzbar war.";

    public override RenderFragment Formula(bool maintenanceCounts) => Say(
        $"Verfügbarkeit = <span><span>in Betrieb + beeinträchtigt + 0,7 × Teilausfall</span><span class=\"vh\"> geteilt durch </span><span>in Betrieb + beeinträchtigt + Teilausfall + Ausfall{(maintenanceCounts ? " + Wartung" : "")}</span></span>");

    public override string Operational => "In Betrieb zählt voll.";

    public override string Degraded => "Beeinträchtigt zählt voll: langsam, aber nutzbar.";

    public override string Partial => "Eine Sekunde Teilausfall zählt als 0,7 Sekunden in Betrieb; drei Zehntel sind verloren.";

    public override string Major => "Eine Sekunde Ausfall zählt gar nicht als Betrieb.";

    public override string Unknown =>
        "Unbekannte Zeit wird über und unter dem Bruchstrich weggelassen und grau schraffiert gezeigt. Zeit, in der wir nichts sehen konnten, ist weder Betrieb noch Ausfall.";

    public override string Maintenance(bool counts) => counts ? "Wartung zählt wie ein Ausfall." : "Wartung wird ebenso weggelassen, ist aber zu sehen.";

    public override string BeforeItExisted => "Zeit, bevor es eine Komponente gab, wird weggelassen.";

    public override string HowItIsCut(int days, string zone) =>
        $"Das Ergebnis wird nach zwei Dezimalstellen abgeschnitten und nie aufgerundet: Eine Sekunde Ausfall in {days} Tagen ergibt 99,99 %, nicht 100 %. Tage beginnen um Mitternacht in {zone}. Jede Seite, jeder Feed und jede API dieser Installation rechnet so.";

    public override string HowADayIsDrawn =>
        "Ein Tag wird in seinem schlechtesten Zustand gezeichnet: Ein hoher Balken ist ein schlechter Tag, wie kurz die Störung auch war. Ein Tag, an dem wir fünf Minuten oder länger nichts sehen konnten, ist schraffiert.";

    public override string StartingTitle => "Startet";

    public override string Starting => "Diese Statusseite startet gerade";

    public override string LoadItAgain => "Wie es steht, kann sie noch nicht sagen. Bitte laden Sie sie in einigen Sekunden neu.";

    public override string NoPageHere => "Unter dieser Adresse gibt es keine Seite";

    public override string NoInstant(InstantFault fault) => fault switch
    {
        InstantFault.Several => "Eine Seite lässt sich zu einem Zeitpunkt zeigen, nicht zu mehreren. Schreiben Sie ihn so: ?at=2021-02-16T10:18Z.",
        InstantFault.Unreadable =>
            "Dies ist kein Zeitpunkt. Schreiben Sie ihn so: ?at=2021-02-16T10:18Z. Sekunden und eine Abweichung wie +01:00 können angegeben werden.",
        InstantFault.Future => "Dieser Zeitpunkt liegt in der Zukunft; die Seite lässt sich nur so zeigen, wie sie war.",
        _ => "Dieser Zeitpunkt liegt vor 1970; damals kann nichts aufgezeichnet worden sein.",
    };

    public override string PastIsBusy =>
        "Frühere Stände werden gerade für andere nachgeschlagen, oder die Aufzeichnungen werden noch gelesen. Bitte laden Sie die Seite in einigen Sekunden neu.";
}

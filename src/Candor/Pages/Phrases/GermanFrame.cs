using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanFrame : FrameWords
{
    public override string Title(string title, string page) => $"{title} – Status von {page}";

    public override string IncidentsOf(string page) => $"{page}: Störungen";

    public override string Skip => "Direkt zum Status";

    public override string SkipToContent => "Direkt zum Inhalt";

    public override string Pages => "Seiten";

    public override string History => "Verlauf";

    public override string Subscribe => "Abonnieren";

    public override string More => "Weiteres";

    public override string Contact => "Kontakt";

    public override string Maintenance => "Wartung";

    public override string HowUptimeIsCounted => "Berechnung der Verfügbarkeit";

    public override RenderFragment TimesAreIn(RenderFragment zone, string version) =>
        Say($"Alle Zeiten in {zone}. Veröffentlicht mit Candor{version}.");

    public override RenderFragment AsOf(RenderFragment at) => Say(
        $"So sah diese Seite am {at} aus. Gezeigt wird nur, was damals aufgezeichnet war: Das Alter der Messwerte, Antwortzeiten und der Zustand von Candor selbst werden nicht aufbewahrt.");

    public override string BackToNow => "Zurück zur aktuellen Seite";

    public override string YouSeeWhatIsShownTo(string audience) => $"Sie sehen, was für „{audience}“ bestimmt ist.";

    public override string SignIn => "Anmelden";

    public override string SignOut => "Abmelden";

    public override string AboutThisCopy => "Über diese Kopie";

    public override string CopyMadeAt(string at) => $"Dies ist eine Kopie der Seite vom {at}.";

    public override string ThePageItself => "Zur Seite selbst";

    public override string SaidByThisMirror => "Hinweis dieses Spiegels";

    public override string PostedOnThisMirror => "Auf diesem Spiegel veröffentlicht von den Betreibern der Seite.";

    public override string MirrorIsAloneSince(string at) =>
        $"Dies ist ein Spiegel. Die eigentliche Seite meldet sich seit dem {at} nicht mehr. Gezeigt wird ihr letzter Stand, nicht der jetzige.";

    public override string UtcMoment(DateTimeOffset at) => $"{Language.German.Dates.Day(DateOnly.FromDateTime(at.UtcDateTime))}, {Language.German.Dates.Time(at.ToUniversalTime(), twelveHours: false)} UTC";
}

using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanMaintenance : MaintenanceWords
{
    public override string Maintenance => "Wartung";

    public override string Lead(int active, int coming) => (active, coming) switch
    {
        (0, 0) => "Derzeit läuft keine Wartung, und es ist keine geplant.",
        (0, 1) => "Derzeit läuft keine Wartung; 1 ist geplant.",
        (0, _) => $"Derzeit läuft keine Wartung; {coming} sind geplant.",
        (_, 0) => $"Derzeit {Run(active)}.",
        _ => $"Derzeit {Run(active)}; {coming} {(coming == 1 ? "weitere ist" : "weitere sind")} geplant.",
    };

    public override string AppearsHere => "Geplante Arbeiten stehen hier, bevor sie beginnen: was betroffen ist, wann sie beginnen und wie lange sie dauern können.";

    public override string Now => "Jetzt";

    public override string Planned => "Geplant";

    public override string Over => "Vorbei";

    public override RenderFragment Calendar { get; } = Say($"<a href=\"/calendar.ics\">Kalender (ICS)</a> zum Abonnieren in Ihrem eigenen Kalender.");

    public override RenderFragment TakenAway(RenderFragment at, string reason) => Say($"Was hier stand, wurde entfernt ({at}). {reason}");

    public override string ComesAgain => " · Regelmäßig";

    public override RenderFragment CalledOff(Dated at, string reason) => Say($"Abgesagt {at("am ", "um ")}. {reason}");

    public override RenderFragment Moved(Dated at, RenderFragment from, RenderFragment until) =>
        Say($"Verschoben {at("am ", "um ")}; zuvor geplant vom {from} bis zum {until}.");

    public override RenderFragment InProgress(Dated since, Dated until, bool late) => late
        ? Say($"Läuft seit {since("dem ")}; geplant war sie bis {until("zum ")}, sie dauert also länger.")
        : Say($"Läuft seit {since("dem ")}, geplant bis {until("zum ")}.");

    public override RenderFragment Was(RenderFragment from, RenderFragment until, string lasted) => Say($"{from} bis {until} ({lasted}).");

    public override RenderFragment PlannedFor(RenderFragment from, RenderFragment until, string lasts) =>
        Say($"Geplant: {from} bis {until} ({lasts}).");

    public override string Touches(IReadOnlyList<string> names) => $" Betroffen: {Language.German.Lists.And(names)}.";

    private static string Run(int count) => count == 1 ? "läuft 1 Wartung" : $"laufen {count} Wartungen";
}

using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanTold : ToldWords
{
    private static readonly Language German = Language.German;

    public override string HowWeToldIt => "Wie wir informiert haben";

    public override string EveryWordTakenAway => "Alle Meldungen dazu wurden entfernt.";

    public override RenderFragment BroughtInFrom(string source) =>
        Say($"Dies wurde von {source} übernommen. Wann dort darüber informiert wurde, ist hier nicht aufgezeichnet.");

    public override string AnotherPage => "einer anderen Seite";

    public override string WrittenAfterwards => "Dies wurde nachträglich eingetragen: Während der Störung stand auf dieser Seite nichts davon.";

    public override string Detected => "Erkannt";

    public override string FirstPublicWord => "Erste Meldung";

    public override string LastWord => "Letzte Meldung";

    public override string LongestSilence => "Längste Pause";

    public override string ByNoMonitor => "Von keinem Monitor";

    public override string AfterItBegan(TimeSpan time) => IsAtOnce(time) ? "sofort bei Beginn" : $"{German.PageSpans.Words(time)} nach Beginn";

    public override string AfterItWasDetected(TimeSpan time) => IsAtOnce(time) ? "sofort beim Erkennen" : $"{German.PageSpans.Words(time)} nach dem Erkennen";

    public override string BeforeAMonitorSawIt(TimeSpan time) => $"{German.PageSpans.Words(time)}, bevor ein Monitor es bemerkte";

    public override string AndGoingOn => "und dauert an";

    public override RenderFragment Until(Dated at) => Say($"bis {at("zum ")}");

    public override string MomentByMoment => "Seite und Monitore im zeitlichen Ablauf";

    public override string ThePageSaid => "Auf der Seite";

    public override string TheMonitorsSaw => "Gemessen";

    public override string NothingYet => "Noch nichts";

    public override string NoMonitorWatches => "Nichts, denn kein Monitor überwacht dies";

    public override string Notified(int told, int late, TimeSpan lateBy, int waiting, int failed)
    {
        var words = told == 0 && waiting > 0 ? "Noch niemand benachrichtigt" : string.Create(German.Numbers, $"Benachrichtigt: {told:N0} {(told == 1 ? "Abonnent" : "Abonnenten")}");
        words += late == 0 ? "" : string.Create(German.Numbers, $"; {late:N0} verspätet um bis zu {German.PageSpans.Words(lateBy)}");
        words += waiting == 0 ? "" : string.Create(German.Numbers, $"; {waiting:N0} {(waiting == 1 ? "wartet" : "warten")} noch");
        return Closed(words + (failed == 0 ? "" : string.Create(German.Numbers, $"; {failed:N0} nicht erreichbar")));
    }
}

using System.Globalization;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>No sentence ends with a duration: those end with the point of an abbreviation.</summary>
internal sealed class GermanSpeech() : NoticeSpeech(Language.German)
{
    public override string Automatic => " (automatisch)";

    public override string Earlier => "Zuvor gemeldet:";

    public override string IncidentMerged => "Diese Störung wird ab hier zusammen mit einer anderen gemeldet.";

    public override string NotPublic => "Nicht öffentliche Störung";

    public override string NoLongerPublic => "Nicht mehr öffentliche Störung";

    public override string WorkNoLongerPublic => "Nicht mehr öffentliche geplante Wartung";

    public override string Manage => "Benachrichtigungen ändern";

    public override string Unsubscribe => "Abbestellen";

    public override string Read => "Auf der Seite lesen";

    public override string Confirm => "Bestätigen";

    public override string Acknowledge => "Ich kümmere mich darum";

    public override string SeeSubscription => "Ihre Benachrichtigungen ansehen";

    public override string StatusPage => "Zur Statusseite";

    public override string IncidentOnPage => "Die Störung auf der Statusseite";

    public override string Over(DateTimeOffset ended, DateTimeOffset began, TimeSpan? lasted, Hearer hearer) => lasted is { } time
        ? $"{At(ended, hearer)}. Begonnen hatte es {At(began, hearer)}; nach {Language.Spans.Bent(time)} war es vorbei."
        : $"{At(ended, hearer)}.";

    public override string OverSome(DateTimeOffset began, Hearer hearer) => $". Begonnen hatte es {At(began, hearer)}.";

    /// <summary>A sentence of its own: "Ursache gefunden seit" would say since when the cause is known.</summary>
    public override string GoesOn(DateTimeOffset began, Hearer hearer) => $". Begonnen hat es {At(began, hearer)}{Ago(began, hearer)}.";

    public override string GoesOnThere(DateTimeOffset began, Hearer hearer) => $". Begonnen hat jene {At(began, hearer)}{Ago(began, hearer)}.";

    public override string WorkGoesOn(DateTimeOffset began, DateTimeOffset until, Hearer hearer) =>
        $". Begonnen hat es {At(began, hearer)}{Ago(began, hearer)}; dauern {(until > hearer.Now ? "soll" : "sollte")} es {Until(until, hearer)}.";

    public override string PlannedUntil(DateTimeOffset until, Hearer hearer) => $", geplant {Until(until, hearer)}";

    public override string PlannedFor(DateTimeOffset from, DateTimeOffset? until, Hearer hearer) => until is not { } end
        ? $"für den {hearer.Clock.Exact(from)}."
        : $"für den {hearer.Clock.Exact(from)}, {(hearer.Clock.DateOf(from) == hearer.Clock.DateOf(end) ? $"bis {hearer.Clock.TimeAndZone(end)}" : $"bis zum {hearer.Clock.Exact(end)}")}.";

    public override string Affected(IReadOnlyList<string> names) => $"Betroffen: {Language.Lists.And(names)}.";

    public override string NextBy(DateTimeOffset by, Hearer hearer) => $"Nächste Meldung spätestens {At(by, hearer)}.";

    public override string Late(DateTimeOffset said, TimeSpan delay, string? reason, Hearer hearer) =>
        $"Diese Nachricht kommt verspätet. Veröffentlicht wurde sie {At(said, hearer)}, {Language.Spans.Words(delay)} vor dem Versand"
        + (reason is { Length: > 0 } why ? $": {Capital(why)}." : ".");

    public override string DelayReason(string? reason) => reason switch
    {
        null or "interrupted" => "unsere Benachrichtigungen haben sich verzögert",
        "crashed" => "unsere Benachrichtigungen waren unterbrochen",
        "timeout" => "die Gegenseite hat nicht rechtzeitig geantwortet",
        "busy" or "throttled" => "die Gegenseite hat um Aufschub gebeten",
        "unreachable" => "die Gegenseite war nicht erreichbar",
        _ => "die Gegenseite hat sie zunächst nicht angenommen",
    };

    public override string LateBy(int minutes) => string.Create(CultureInfo.InvariantCulture, $" ({minutes} Min. verspätet)");

    public override string MoreOnPage(int count) => $"und {Language.Lists.More(count)} auf der Seite.";

    public override string WasRemoved(string title, string reason) => $"„{title}“ wurde von der Seite entfernt: {reason}";

    public override string ContinuesIn(string title) => $"geht weiter in: {title}";

    public override string CalledOff(string reason) => $"Diese Wartung wurde abgesagt: {reason}";

    public override PlainWords Test(string page) => new(
        "Test: Dieser Kanal funktioniert",
        $"Dies ist ein Test. Er bedeutet keine Störung bei {page}.",
        "Jemand aus dem Team hat ihn per Knopfdruck gesendet. Meldungen über Störungen und Wartungen kommen auf demselben Weg.");

    public override PlainWords Confirmation(string page) => new(
        "Bitte bestätigen Sie Ihr Abonnement",
        $"Jemand, vermutlich Sie selbst, möchte, dass diese Adresse über Störungen bei {page} benachrichtigt wird.",
        "Öffnen Sie zum Bestätigen den Link unten und drücken Sie dort auf den Knopf. Falls Sie es nicht waren, müssen Sie nichts tun: Ohne Bestätigung senden wir nichts weiter.");

    public override PlainWords Subscription(string page) => new(
        "Ihre Benachrichtigungen",
        $"Jemand, vermutlich Sie selbst, möchte, dass diese Adresse über Störungen bei {page} benachrichtigt wird. Sie erhält bereits Benachrichtigungen.",
        "Unter der Adresse unten sehen und ändern Sie, was Sie erhalten, oder bestellen es ab. Falls Sie es nicht waren, müssen Sie nichts tun: Es hat sich nichts geändert.");

    public override PlainWords InHand(string title) =>
        new($"Erledigt: {title}", "Was fällig war, ist erledigt, oder jemand kümmert sich darum.", "Sie müssen nichts weiter tun.");

    public override PlainWords Promise(string title, DateTimeOffset due, Hearer hearer) => due > hearer.Now
        ? new(
            $"Fällig {At(due, hearer)}: nächste Meldung zu {title}",
            $"Die nächste Meldung zu „{title}“ ist in {Language.Spans.Bent(due - hearer.Now)} fällig; zugesagt ist sie {Until(due, hearer)}.",
            Post(hearer))
        : new(
            $"Überfällig: nächste Meldung zu {title}",
            $"Die nächste Meldung zu „{title}“ ist seit {Language.Spans.Bent(hearer.Now - due)} überfällig; zugesagt war sie {Until(due, hearer)}.",
            Post(hearer));

    public override PlainWords Silence(string title, DateTimeOffset since, Hearer hearer) => new(
        $"Keine Meldung {Since(since, hearer)}: {title}",
        $"{Capital(Since(since, hearer))} ({Language.Spans.Words(hearer.Now - since)}) wurde zu „{title}“ nichts gemeldet, und die Störung dauert an.",
        Post(hearer));

    public override PlainWords Beginning(string title, DateTimeOffset due, Hearer hearer)
    {
        var second = $"Bestätigen Sie, dass Sie sich darum kümmern; {Again(hearer)}";
        return due > hearer.Now
            ? new($"Beginnt {At(due, hearer)}: {title}", $"Die geplante Wartung „{title}“ beginnt in {Language.Spans.Bent(due - hearer.Now)}, {At(due, hearer)}.", second)
            : new(
                $"Nicht begonnen: {title}",
                $"Die geplante Wartung „{title}“ sollte vor {Language.Spans.Bent(hearer.Now - due)}, {At(due, hearer)}, beginnen und hat noch nicht begonnen.",
                second);
    }

    public override string DigestOf(DateTimeOffset from, DateTimeOffset until, Hearer hearer) =>
        $"Das wurde {(hearer.IsToday(from) ? $"von {hearer.Clock.TimeAndZone(from)}" : $"vom {hearer.Clock.Exact(from)},")} {Until(until, hearer)} gemeldet.";

    public override string DigestSubject(string what) => $"Zusammenfassung: {what}";

    public override string OverForLong => "Diese Meldungen haben Sie nicht rechtzeitig erreicht. Alles ist seit mehr als einem Tag vorbei.";

    public override string OverForLongSubject(string what) => $"Inzwischen vorbei: {what}";

    public override string Incidents(int count) => Language.Lists.Count(count, "Störung", "Störungen");

    public override string Maintenances(int count) => Language.Lists.Count(count, "geplante Wartung", "geplante Wartungen");

    public override string Chosen(IReadOnlyList<string> what) => $"Ausgewählt: {string.Join("; ", what)}.";

    public override string WholePage => "die ganze Seite";

    public override string FromImpact(string impact) => $"Störungen ab Auswirkung „{impact}“";

    public override string NoMaintenance => "keine geplanten Wartungen";

    public override string Together(DigestEvery every) => every == DigestEvery.Hourly ? "stündlich zusammengefasst" : "täglich zusammengefasst";

    public override string Quoted(string title) => $"„{title}“";

    /// <summary>Nothing for what began just now.</summary>
    private string Ago(DateTimeOffset began, Hearer hearer) =>
        hearer.Now - began is var age && age >= JustNow ? $" (vor {Language.Spans.Bent(age)})" : "";

    private string Post(Hearer hearer) => $"Veröffentlichen Sie eine Meldung, oder bestätigen Sie, dass Sie sich darum kümmern; {Again(hearer)}";

    private string Again(Hearer hearer) => string.Create(
        CultureInfo.InvariantCulture, $"sonst werden Sie in {Language.Spans.Bent(hearer.Reminding.Every)} erneut erinnert, höchstens {hearer.Reminding.Times}-mal.");

    private static string At(DateTimeOffset at, Hearer hearer) => hearer.IsToday(at) ? $"um {hearer.Clock.TimeAndZone(at)}" : $"am {hearer.Clock.Exact(at)}";

    private static string Since(DateTimeOffset at, Hearer hearer) => hearer.IsToday(at) ? $"seit {hearer.Clock.TimeAndZone(at)}" : $"seit dem {hearer.Clock.Exact(at)}";

    private static string Until(DateTimeOffset at, Hearer hearer) => hearer.IsToday(at) ? $"bis {hearer.Clock.TimeAndZone(at)}" : $"bis zum {hearer.Clock.Exact(at)}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

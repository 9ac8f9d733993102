using Candor.Access;
using Candor.Journal;
using Candor.Languages;
using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing;

internal sealed class GermanSubscription : SubscriptionWords
{
    public override string OneMoreStep => "Noch ein Schritt";

    public override string AMessageGoes =>
        "Wenn an diese Adresse gesendet werden kann, geht jetzt eine Nachricht mit einem Link dorthin. Öffnen Sie den Link und bestätigen Sie; vorher wird nichts weiter gesendet.";

    public override string AtMostOnceADay =>
        "Einer Adresse wird auf diesem Weg höchstens einmal am Tag geschrieben. Wenn innerhalb einiger Minuten nichts ankommt, suchen Sie nach einer früheren Nachricht: Der Link darin gilt noch.";

    public override string BeToldOf(string incident) => $"Über „{incident}“ benachrichtigt werden";

    public override string InAMoment => "Einen Augenblick";

    public override string JustStarted => "Candor wurde gerade gestartet und liest noch ein. Versuchen Sie es gleich noch einmal.";

    public override string DidNotWork => "Das hat nicht funktioniert";

    public override string LinkIsOver => "Dieser Link funktioniert nicht";

    public override string WhyLinkIsOver => 
        "Er wurde durch einen neueren ersetzt, kam nicht vollständig an, oder die zugehörige Adresse wurde gelöscht. Um ein Abonnement zu ändern oder zu beenden, nutzen Sie den Link in der neuesten Nachricht.";

    public override string Acknowledged => "Bestätigt";

    public override string NobodyIsReminded => "Sie kümmern sich darum. Niemand wird mehr daran erinnert.";

    public override string NothingLeftToDo => "Hier ist nichts mehr zu tun";

    public override string Settled => "Was fällig war, ist erledigt, oder jemand kümmert sich darum.";

    public override string SomethingElseDue => "Inzwischen ist etwas anderes fällig";

    public override string UseTheNewestLink =>
        "Worum es in jener Nachricht ging, ist vorbei; inzwischen ist etwas anderes fällig. Nutzen Sie den Link in der neuesten Nachricht.";

    public override string InHand => "Kümmern Sie sich darum?";

    public override string IsDue(ReminderCause cause, string? about) => (cause, about) switch
    {
        (ReminderCause.Promise, null) => "Eine zugesagte Meldung ist fällig.",
        (ReminderCause.Promise, _) => $"Eine zugesagte Meldung zu „{about}“ ist fällig.",
        (ReminderCause.Silence, null) => "Zu einer offenen Störung wurde lange nichts gemeldet.",
        (ReminderCause.Silence, _) => $"Zur offenen Störung „{about}“ wurde lange nichts gemeldet.",
        (_, null) => "Eine geplante Wartung soll beginnen.",
        _ => $"Die geplante Wartung „{about}“ soll beginnen.",
    };

    public override string Acknowledge => "Ich kümmere mich darum";

    public override string Deleted => "Gelöscht";

    public override string AddressDestroyed => "Ihre Adresse und der Schlüssel, mit dem sie aufbewahrt wurde, sind vernichtet. Es wird nichts mehr gesendet.";

    public override string NotAskedAgain => "Sie werden nicht noch einmal gefragt";

    public override string OnlyRecognised =>
        "Ihre Adresse ist vernichtet. Aufbewahrt wird nur ein Merkmal, an dem sie wiederzuerkennen ist, damit sie hier niemand noch einmal eintragen kann.";

    public override string NotToldAnyMore => "Sie erhalten keine Benachrichtigungen mehr";

    public override string HasEnded(int days) =>
        $"Das Abonnement ist beendet. Ihre Adresse wird in {days} Tagen gelöscht; bis dahin lässt es sich mit dem Link aus einer früheren Nachricht erneuern.";

    public override string Unsubscribe => "Abbestellen";

    public override string IsToldOfTrouble(string address, string page) => $"{address} wird benachrichtigt, wenn es bei {page} Störungen gibt.";

    public override string ConfirmYours => "Bestätigen Sie Ihr Abonnement";

    public override string Yours => "Ihr Abonnement";

    public override string IsTold(string address, string about) => $"{address} erhält Benachrichtigungen über {about}.";

    public override string IsToldNothing(string address, string page) => $"{address} erhält keine Benachrichtigungen über {page}.";

    public override string MailboxOf(bool nobody) => nobody
        ? "Dies sieht nach einer Adresse aus, die niemand liest."
        : "Dies sieht nach einer Adresse mehrerer Personen aus: Wer von ihnen abbestellt, tut es für alle.";

    public override string About => "Worüber";

    public override string Alone(string incidents) => $"Nur über {incidents}";

    public override string WhatIsChosenBelow => "Was unten ausgewählt ist";

    public override string WhatYouAreTold => "Worüber Sie benachrichtigt werden";

    public override string OfTheseIncidents => "Über diese Störungen, was auch sonst ausgewählt ist";

    public override string SubscribeAgain => "Wieder abonnieren";

    public override string Confirm => "Bestätigen";

    public override string Save => "Speichern";

    public override string SigningKey => "Schlüssel für Signaturen";

    public override string HowItIsSigned =>
        "Jeder POST ist damit signiert (HMAC-SHA256). Prüfen Sie die Signatur, und lehnen Sie ab, was älter als fünf Minuten ist.";

    public override string MakeANewKey => "Neuen Schlüssel erzeugen";

    public override string EndIt => "Beenden";

    public override string WasItNotYou => "Waren Sie das nicht?";

    public override string YourAddress => "Ihre Adresse";

    public override string DoNothing => "Wenn Sie nichts tun, wird nichts weiter gesendet. Oder lassen Sie die Adresse jetzt löschen.";

    public override string DeleteMyAddress => "Meine Adresse löschen";

    public override string NeverAskAgain => "Diese Adresse nie wieder fragen";

    public override string ThisLink => "Dieser Link";

    public override string WhoeverHasIt => "Wer ihn hat, kann dies alles ändern. Ist er in andere Hände geraten, lassen Sie einen neuen erzeugen.";

    public override string MakeANewLink => "Neuen Link erzeugen";

    public override string Quoted(string title) => $"„{title}“";

    public override string IncidentTakenAway => "eine Störung, die entfernt wurde";

    public override string Confirmed => "Bestätigt. Ab jetzt werden Sie benachrichtigt.";

    public override string Saved => "Gespeichert.";

    public override string NewLink => "Dies ist Ihr neuer Link. Mit früheren lässt sich nur noch abbestellen.";

    public override string NewKey => "Es gibt einen neuen Schlüssel. Der bisherige signiert weiter mit, bis Sie noch einen erzeugen.";

    public override string Refused(Refusal refusal, TimeSpan? wait) => (refusal.Code, refusal.Field, wait) switch
    {
        (_, _, { } pause) => $"Von hier kamen gerade zu viele Anfragen. Die nächste ist in {Language.German.Spans.Words(Waits.Said(pause))} möglich.",
        (OneClick.Missing, _, _) => "Drücken Sie auf die Schaltfläche; ohne sie wird nichts abbestellt.",
        ("access.origin", _, _) => "Dies lässt sich nur von der Seite selbst aus senden. Öffnen Sie sie noch einmal, und senden Sie es dort.",
        ("form.type" or "form.unreadable" or "form.field", _, _) => "Das Formular ließ sich nicht lesen. Öffnen Sie die Seite noch einmal, und senden Sie es dort.",
        ("nothing_left", _, _) =>
            "So bliebe nichts, worüber benachrichtigt wird. Behalten Sie eine Störung, wählen Sie etwas von der Seite aus, oder beenden Sie das Abonnement unten.",
        ("no_channel", _, _) => "Auf diesem Weg kann derzeit niemand benachrichtigt werden.",
        ("notices.starting", _, _) => "Candor liest noch ein. Versuchen Sie es gleich noch einmal.",
        ("notices.unavailable", _, _) =>
            "Dies konnte gerade nicht gespeichert werden, und es ist nicht sicher, ob es erhalten blieb. Senden Sie es gleich noch einmal.",
        ("page_private" or "incident_private", _, _) => "Dies ist nicht für alle bestimmt; darüber wird niemand benachrichtigt.",
        ("no_such_incident", _, _) => "Diese Störung gibt es auf dieser Seite nicht mehr.",
        ("no_digest", _, _) => "Auf diesem Weg gibt es keine Zusammenfassungen, nur einzelne Meldungen.",
        (_, "time_zone", _) => "Diese Zeitzone gibt es nicht; schreiben Sie eine wie Europe/Berlin.",
        (_, "address", _) => "An diese Adresse kann auf diesem Weg nicht gesendet werden. Prüfen Sie, ob sie vollständig ist.",
        (_, "components", _) => "Von den ausgewählten Komponenten gibt es einige nicht mehr, oder es sind zu viele. Wählen Sie bitte noch einmal aus.",
        (Reserve.DiskFull, _, _) => "Der Datenträger von Candor ist voll; neue Abonnements werden erst wieder angenommen, wenn Platz ist.",
        _ => "Das konnte gerade nicht gespeichert werden. Versuchen Sie es später noch einmal.",
    };
}

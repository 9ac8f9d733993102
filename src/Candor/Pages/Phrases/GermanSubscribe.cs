using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanSubscribe : SubscribeWords
{
    private const string These = "Diesen kann jeder Feedreader und jedes Skript folgen:";

    public override string Subscribe => "Abonnieren";

    public override string Lead => "Erfahren Sie, wenn etwas ausfällt, was dagegen getan wird und wann es wieder funktioniert.";

    public override string ByEmail => "Per E-Mail";

    public override string EmailNote =>
        "Zuerst kommt eine E-Mail mit einem Link; vor Ihrer Bestätigung wird nichts weiter gesendet. Die Adresse wird verschlüsselt aufbewahrt, nur dafür verwendet und gelöscht, sobald Sie es wünschen.";

    public override string InThisBrowser => "In diesem Browser";

    public override string BrowserNote =>
        "Zuerst kommt eine Mitteilung; öffnen Sie sie, um zu bestätigen. Was gesendet wird, ist allein für diesen Browser verschlüsselt.";

    public override string BrowserDenied => "Ihr Browser erlaubt dieser Seite keine Mitteilungen; in seinen Einstellungen für diese Website lässt sich das ändern.";

    public override string BrowserGaveNone => "Ihr Browser hat keine Adresse für Mitteilungen genannt. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.";

    public override string ByWebhook => "Per Webhook";

    public override string WebhookWhat => "Ein signierter POST mit JSON an Ihre Adresse";

    public override string WebhookNote => "Zuerst kommt ein POST mit einem Link; vor der Bestätigung wird nichts weiter gesendet.";

    public override string InAChatRoom => "In einem Chatraum";

    public override string ChatWhat => "Slack, Microsoft Teams, Discord oder ntfy";

    public override string ChatNote =>
        "Richten Sie in den Einstellungen des Raums einen eingehenden Webhook ein. Zuerst kommt eine Nachricht mit einem Link; bevor sie dort bestätigt ist, wird nichts weiter gesendet.";

    public override string WithoutAnAddress => "Ohne Adresse";

    public override string FollowThese(string? page) =>
        page is null ? These : $"Benachrichtigungen per E-Mail oder Webhook gibt es unter {page}. {These}";

    public override string AtomFeed => "Atom-Feed";

    public override string AtomWhat => "Jede Störung mit ihren Meldungen, für Feedreader.";

    public override string RssFeed => "RSS-Feed";

    public override string RssWhat => "Dasselbe in der älteren Form, für Chaträume, die RSS annehmen.";

    public override string Calendar => "Kalender";

    public override string CalendarWhat => "Störungen und Wartungen in Ihrem eigenen Kalender.";

    public override RenderFragment JsonWhat { get; } =
        Say($"Alles von dieser Seite, für Programme. Statuspage-Clients nutzen <a href=\"/api/v2/summary.json\">/api/v2</a>.");

    public override string Service => "Dienst";

    public override string AddressOfRoom => "Adresse des Webhooks oder des Themas";

    public override string EmailAddress => "E-Mail-Adresse";

    public override string AddressOfEndpoint => "Adresse Ihres Endpunkts";

    public override string ChooseWhat => "Auswählen, was Sie erfahren";

    public override string AboutTheseAlone => "Nur über diese; ohne Auswahl über die ganze Seite";

    public override string IncidentsFrom => "Welche Störungen";

    public override string From(Impact impact) => impact switch
    {
        Impact.None => "alle",
        Impact.Minor => "ab geringer Auswirkung",
        Impact.Major => "ab erheblicher Auswirkung",
        _ => "nur kritische",
    };

    public override string MaintenanceToo => "Auch geplante Wartungen";

    public override string Told => "Benachrichtigung";

    public override string Often(DigestEvery every) => every switch
    {
        DigestEvery.Each => "sofort bei jeder Meldung",
        DigestEvery.Hourly => "stündlich, alles zusammen",
        _ => "täglich um 8 Uhr, alles zusammen",
    };

    public override string YourTimeZone => "Ihre Zeitzone";

    public override string BeToldOfThisIncident => "Über diese Störung benachrichtigt werden";

    public override RenderFragment OfOneNote { get; } = Say(
        $"Zuerst kommt eine Nachricht mit einem Link; vor Ihrer Bestätigung wird nichts weiter gesendet. Sie erfahren von jeder Meldung bis zum Ende dieser Störung und von nichts anderem. <a href=\"/subscribe\">Stattdessen über alles</a>");
}

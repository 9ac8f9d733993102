namespace Candor.Pages.Phrases;

/// <summary>By what has the problem: less exact than the sentence of whoever raised it, which operators read, and never silent.</summary>
internal sealed class GermanProblems : ProblemWords
{
    private const string Channels = "notices:";

    public override string Of(SelfProblem problem) => problem.Key switch
    {
        SelfProblem.NotRenewed => "Diese Seite wird derzeit nicht erneuert. Sie zeigt den letzten bekannten Stand, nicht den jetzigen.",
        "journal" => "Neue Ereignisse werden derzeit nicht gespeichert, oder ältere sind nicht lesbar: Was hier steht, kann veraltet oder unvollständig sein.",
        "tail" => "Ein Teil der aufgezeichneten Ereignisse fehlt hier.",
        "disk" => "Der Datenträger von Candor ist voll: Neue Ereignisse werden erst wieder aufgezeichnet, wenn Platz ist.",
        "pages" => "Einige Seiten lassen sich nicht erneuern und zeigen einen älteren Stand.",
        "loop:judging" or "loop:probing" or "loop:controls" or "loop:plan" =>
            "Candor kann die Dienste derzeit nicht prüfen; was hier steht, kann veraltet sein.",
        "loop:journal" or "loop:publishing" or "loop:audiences" => "Candor kann derzeit nichts veröffentlichen; was hier steht, kann veraltet sein.",
        "loop:following" => "Was auf der eigentlichen Seite neu ist, kommt hier derzeit verspätet an.",
        "loop:looking" => "Diese Kopie kann älter sein, als sie angibt.",
        "publisher.trouble" => "Die eigentliche Seite antwortet derzeit nicht so, wie sie sollte.",
        "publisher.silent" => "Von der eigentlichen Seite kommt derzeit nichts. Gezeigt wird ihr letzter Stand, nicht der jetzige.",
        "notices:contacts" or "loop:notices" => "Derzeit kann niemand benachrichtigt werden.",
        _ when problem.Key.StartsWith(Channels, StringComparison.Ordinal) =>
            $"Benachrichtigungen {By(problem.Key[Channels.Length..])} gehen derzeit {(problem.IsStopped
                ? "nicht hinaus; sie werden aufbewahrt und später gesendet."
                : "verspätet hinaus.")}",
        _ => "Candor selbst ist gestört: Was hier steht, kann veraltet oder unvollständig sein.",
    };

    private static string By(string channel) => channel switch
    {
        "email" => "per E-Mail",
        "sms" => "per SMS",
        "webhook" => "per Webhook",
        "webpush" => "an Browser",
        "slack" => "an Slack",
        "teams" => "an Microsoft Teams",
        "discord" => "an Discord",
        "telegram" => "an Telegram",
        "ntfy" => "an ntfy",
        "pagerduty" => "an PagerDuty",
        _ => $"über {channel}",
    };
}

using Candor.Languages;

namespace Candor.Mirrors.Telling;

internal sealed class GermanTellingSpeech() : TellingSpeech(Language.German)
{
    public override string ReadOn => "Weiterlesen";

    public override string Why => "Sie erhalten diese Nachricht, weil Sie von dieser Seite benachrichtigt werden wollten.";

    public override string Unsubscribe => "Abbestellen";

    public override string LeaveTitle => "Keine Nachrichten mehr?";

    public override string LeaveAsks => "Wenn Sie nicht mehr benachrichtigt werden wollen, klicken Sie auf „Abbestellen“.";

    public override string LeaveButton => "Abbestellen";

    public override string LeftTitle => "Sie werden nicht mehr benachrichtigt";

    public override string LeftNext => "Die Seite erfährt es, sobald sie wieder da ist.";

    public override string NowhereTitle => "Dieser Link führt hier nirgendwohin";

    public override string Nowhere => "Er ist älter als 30 Tage oder aus einer anderen Nachricht. Hier ist er vielleicht bekannt:";

    public override string ThePage => "die Seite selbst";

    public override string NotNotedTitle => "Das ließ sich nicht festhalten";

    public override string NotNotedNext => "Versuchen Sie es in einer Minute noch einmal.";

    public override string FromElsewhere(string page, string? url) =>
        $"{page} antwortet im Moment von einem anderen Ort aus; von dort kommt auch diese Nachricht{(url is null ? "." : $". Die eigene Adresse, {url}, antwortet vielleicht nicht.")}";
}

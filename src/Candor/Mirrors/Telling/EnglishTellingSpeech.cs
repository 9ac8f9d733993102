using Candor.Languages;

namespace Candor.Mirrors.Telling;

internal sealed class EnglishTellingSpeech() : TellingSpeech(Language.English)
{
    public override string ReadOn => "Read on";

    public override string Why => "You get it because you asked to be told of this page.";

    public override string Unsubscribe => "Unsubscribe";

    public override string LeaveTitle => "No more mails?";

    public override string LeaveAsks => "Not to be told any more of what happens, press the button.";

    public override string LeaveButton => "No more mails";

    public override string LeftTitle => "You are not told any more";

    public override string LeftNext => "The page is told as soon as it is back.";

    public override string NowhereTitle => "This link leads nowhere here";

    public override string Nowhere => "It is more than 30 days old, or of another mail. This may know it:";

    public override string ThePage => "the page itself";

    public override string NotNotedTitle => "That could not be noted";

    public override string NotNotedNext => "Try again in a minute.";

    public override string FromElsewhere(string page, string? url) =>
        $"{page} answers from elsewhere at the moment, and this mail was sent from there too{(url is null ? "." : $": its own address, {url}, may not answer.")}";
}

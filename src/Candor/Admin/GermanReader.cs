using Candor.Journal;

namespace Candor.Admin;

internal sealed class GermanReader : ReaderWords
{
    public override string SignIn => "Anmelden";

    public override string WithSharedPassword => "Mit dem Passwort dieser Seite";

    public override string PasswordLabel => "Passwort";

    public override string ComeIn => "Weiter";

    public override string WithOwnPassword => "Mit Ihrem eigenen Passwort";

    public override string EmailAddress => "E-Mail-Adresse";

    public override string OwnPasswordLabel => "Ihr Passwort";

    public override string OpenYourLink => "Wenn Sie einen Link erhalten haben, öffnen Sie ihn: Er gilt ein einziges Mal.";

    public override string Invited => "Sie sind eingeladen";

    public override string ChooseAPassword => "Wählen Sie ein Passwort";

    public override string YourEmailAddress => "Ihre E-Mail-Adresse";

    public override string TwelveOrMore => "Ein Passwort mit mindestens 12 Zeichen";

    public override string LinkIsOver => "Dieser Link gilt nicht mehr";

    public override string WhyLinkIsOver =>
        "Er wurde benutzt, zurückgezogen oder ist älter als drei Tage. Bitten Sie die Person, die ihn gesendet hat, um einen neuen.";

    public override string SignOut => "Abmelden";

    public override string SignOutOfThisPage => "Von dieser Seite abmelden";

    public override string Refused(Refusal refusal, TimeSpan? wait) => (refusal.Code, wait) switch
    {
        (_, { } pause) => $"Das waren zu viele Versuche. Der nächste ist in {Math.Ceiling(pause.TotalSeconds):0} Sekunden möglich.",
        ("access.origin", _) => "Dies lässt sich nur von der Seite selbst aus senden. Öffnen Sie sie noch einmal, und senden Sie es dort.",
        ("form.type" or "form.unreadable" or "form.field", _) => "Das Formular ließ sich nicht lesen. Öffnen Sie die Seite noch einmal, und senden Sie es dort.",
        ("reader.wrong", _) => "Damit können Sie sich hier nicht anmelden. Prüfen Sie Ihre Angaben, oder wenden Sie sich an die Person, die Sie eingeladen hat.",
        ("password.length", _) => "Wählen Sie ein Passwort mit mindestens 12 und höchstens 200 Zeichen.",
        ("sign_in.wait", _) => "Gerade melden sich zu viele an; senden Sie es in einigen Sekunden noch einmal.",
        _ => "Das hat nicht funktioniert. Versuchen Sie es noch einmal, oder wenden Sie sich an die Person, die Sie eingeladen hat.",
    };
}

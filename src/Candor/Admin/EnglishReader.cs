using Candor.Journal;

namespace Candor.Admin;

internal sealed class EnglishReader : ReaderWords
{
    public override string SignIn => "Sign in";

    public override string WithSharedPassword => "With the password of this page";

    public override string PasswordLabel => "Password";

    public override string ComeIn => "Come in";

    public override string WithOwnPassword => "With a password of your own";

    public override string EmailAddress => "E-mail address";

    public override string OwnPasswordLabel => "Your password";

    public override string OpenYourLink => "If you were sent a link, open it: it lets you in once.";

    public override string Invited => "You are invited";

    public override string ChooseAPassword => "Choose a password";

    public override string YourEmailAddress => "Your e-mail address";

    public override string TwelveOrMore => "A password of 12 characters or more";

    public override string LinkIsOver => "This link is over";

    public override string WhyLinkIsOver => "It was used, withdrawn or is older than three days. Ask whoever sent it for a new one.";

    public override string SignOut => "Sign out";

    public override string SignOutOfThisPage => "Sign out of this page";

    public override string Refused(Refusal refusal, TimeSpan? wait) => refusal.Sentence;
}

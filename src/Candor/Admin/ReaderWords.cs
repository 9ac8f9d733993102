using Candor.Journal;
using Candor.Languages;

namespace Candor.Admin;

/// <summary>What the way in for readers says: they are shown it in the language of the page.</summary>
internal abstract class ReaderWords
{
    private static readonly ReaderWords English = new EnglishReader();
    private static readonly ReaderWords German = new GermanReader();

    public static ReaderWords In(Language language) => language.In(English, German);

    public abstract string SignIn { get; }

    public abstract string WithSharedPassword { get; }

    public abstract string PasswordLabel { get; }

    public abstract string ComeIn { get; }

    public abstract string WithOwnPassword { get; }

    public abstract string EmailAddress { get; }

    public abstract string OwnPasswordLabel { get; }

    public abstract string OpenYourLink { get; }

    public abstract string Invited { get; }

    public abstract string ChooseAPassword { get; }

    public abstract string YourEmailAddress { get; }

    public abstract string TwelveOrMore { get; }

    public abstract string LinkIsOver { get; }

    public abstract string WhyLinkIsOver { get; }

    public abstract string SignOut { get; }

    public abstract string SignOutOfThisPage { get; }

    /// <param name="wait">After which the next try is possible, where there were too many.</param>
    public abstract string Refused(Refusal refusal, TimeSpan? wait);
}

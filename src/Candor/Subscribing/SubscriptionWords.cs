using Candor.Journal;
using Candor.Languages;
using Candor.State;

namespace Candor.Subscribing;

/// <summary>What the pages about one subscription say.</summary>
internal abstract class SubscriptionWords
{
    private static readonly SubscriptionWords English = new EnglishSubscription();
    private static readonly SubscriptionWords German = new GermanSubscription();

    public static SubscriptionWords Of(Page page) => Language.Of(page.Language).In(English, German);

    public abstract string OneMoreStep { get; }

    public abstract string AMessageGoes { get; }

    public abstract string AtMostOnceADay { get; }

    public abstract string BeToldOf(string incident);

    public abstract string InAMoment { get; }

    public abstract string JustStarted { get; }

    public abstract string DidNotWork { get; }

    public abstract string LinkIsOver { get; }

    public abstract string WhyLinkIsOver { get; }

    public abstract string Acknowledged { get; }

    public abstract string NobodyIsReminded { get; }

    public abstract string NothingLeftToDo { get; }

    public abstract string Settled { get; }

    public abstract string SomethingElseDue { get; }

    public abstract string UseTheNewestLink { get; }

    public abstract string InHand { get; }

    /// <param name="about">What the incident or the work is called; null where it is not named.</param>
    public abstract string IsDue(ReminderCause cause, string? about);

    public abstract string Acknowledge { get; }

    public abstract string Deleted { get; }

    public abstract string AddressDestroyed { get; }

    public abstract string NotAskedAgain { get; }

    public abstract string OnlyRecognised { get; }

    public abstract string NotToldAnyMore { get; }

    public abstract string HasEnded(int days);

    public abstract string Unsubscribe { get; }

    public abstract string IsToldOfTrouble(string address, string page);

    public abstract string ConfirmYours { get; }

    public abstract string Yours { get; }

    public abstract string IsTold(string address, string about);

    public abstract string IsToldNothing(string address, string page);

    /// <summary>An address that looks like one of several people, or of nobody.</summary>
    public abstract string MailboxOf(bool nobody);

    public abstract string About { get; }

    /// <summary>Behind the incidents that are told of by themselves.</summary>
    public abstract string Alone(string incidents);

    public abstract string WhatIsChosenBelow { get; }

    public abstract string WhatYouAreTold { get; }

    public abstract string OfTheseIncidents { get; }

    public abstract string SubscribeAgain { get; }

    public abstract string Confirm { get; }

    public abstract string Save { get; }

    public abstract string SigningKey { get; }

    public abstract string HowItIsSigned { get; }

    public abstract string MakeANewKey { get; }

    public abstract string EndIt { get; }

    public abstract string WasItNotYou { get; }

    /// <summary>Above what can be done with the address of somebody who has left.</summary>
    public abstract string YourAddress { get; }

    public abstract string DoNothing { get; }

    public abstract string DeleteMyAddress { get; }

    public abstract string NeverAskAgain { get; }

    public abstract string ThisLink { get; }

    public abstract string WhoeverHasIt { get; }

    public abstract string MakeANewLink { get; }

    public abstract string Quoted(string title);

    public abstract string IncidentTakenAway { get; }

    public abstract string Confirmed { get; }

    public abstract string Saved { get; }

    public abstract string NewLink { get; }

    public abstract string NewKey { get; }

    /// <summary>Why not. Programs read the refusal's own sentence, which is English.</summary>
    /// <param name="wait">After which it may work, where there was too much.</param>
    public abstract string Refused(Refusal refusal, TimeSpan? wait);
}

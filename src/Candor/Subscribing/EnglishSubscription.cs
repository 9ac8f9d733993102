using Candor.Journal;
using Candor.State;

namespace Candor.Subscribing;

internal sealed class EnglishSubscription : SubscriptionWords
{
    public override string OneMoreStep => "One more step";

    public override string AMessageGoes =>
        "If this address can be told, a message with a link goes to it now. Open the link and confirm; nothing else is sent before that.";

    public override string AtMostOnceADay =>
        "An address is written to at most once a day in this way. If nothing arrives within some minutes, look for an earlier message: the link in it still works.";

    public override string BeToldOf(string incident) => $"Be told of “{incident}”";

    public override string InAMoment => "In a moment";

    public override string JustStarted => "Candor has just been started and is reading. Try again in a moment.";

    public override string DidNotWork => "This did not work";

    public override string LinkIsOver => "This link does not work";

    public override string WhyLinkIsOver => 
        "It was replaced by a newer one, was cut short on its way, or the address behind it was deleted. To change or end a subscription, use the link in the newest message.";

    public override string Acknowledged => "Acknowledged";

    public override string NobodyIsReminded => "You have it in hand. Nobody is reminded of this any more.";

    public override string NothingLeftToDo => "Nothing is left to do";

    public override string Settled => "This is settled: somebody acknowledged it, or did what was due.";

    public override string SomethingElseDue => "Something else is due";

    public override string UseTheNewestLink =>
        "What that message was about is over, and something else is due since. Use the link in the newest message.";

    public override string InHand => "Do you have it in hand?";

    public override string IsDue(ReminderCause cause, string? about) => (cause, about) switch
    {
        (ReminderCause.Promise, null) => "A promised update is due.",
        (ReminderCause.Promise, _) => $"A promised update on “{about}” is due.",
        (ReminderCause.Silence, null) => "Nothing has been said for long about an incident that is open.",
        (ReminderCause.Silence, _) => $"Nothing has been said for long about “{about}”, which is open.",
        (_, null) => "Planned work is to begin.",
        _ => $"The planned work “{about}” is to begin.",
    };

    public override string Acknowledge => "Acknowledge";

    public override string Deleted => "Deleted";

    public override string AddressDestroyed => "Your address and the key that it was kept under are destroyed. Nothing more is sent.";

    public override string NotAskedAgain => "You are not asked again";

    public override string OnlyRecognised =>
        "Your address is destroyed. What is kept recognises it and says nothing else, so that nobody can have it asked again here.";

    public override string NotToldAnyMore => "You are not told any more";

    public override string HasEnded(int days) =>
        $"The subscription has ended. Your address is deleted in {days} days; until then the link in an earlier message brings it back.";

    public override string Unsubscribe => "Unsubscribe";

    public override string IsToldOfTrouble(string address, string page) => $"{address} is told when {page} has trouble.";

    public override string ConfirmYours => "Confirm your subscription";

    public override string Yours => "Your subscription";

    public override string IsTold(string address, string about) => $"{address} is told about {about}.";

    public override string IsToldNothing(string address, string page) => $"{address} is told nothing about {page} yet.";

    public override string MailboxOf(bool nobody) => nobody
        ? "This looks like an address that nobody reads."
        : "This looks like an address of several people: whoever of them unsubscribes does it for all.";

    public override string About => "About";

    public override string Alone(string incidents) => $"{incidents} alone";

    public override string WhatIsChosenBelow => "What is chosen below";

    public override string WhatYouAreTold => "What you are told";

    public override string OfTheseIncidents => "Of these incidents, whatever else is chosen";

    public override string SubscribeAgain => "Subscribe again";

    public override string Confirm => "Confirm";

    public override string Save => "Save";

    public override string SigningKey => "Signing key";

    public override string HowItIsSigned => "Each POST is signed with it (HMAC-SHA256). Check that, and refuse what is older than five minutes.";

    public override string MakeANewKey => "Make a new key";

    public override string EndIt => "End it";

    public override string WasItNotYou => "Was it not you?";

    public override string YourAddress => "Your address";

    public override string DoNothing => "Do nothing, and nothing more is sent. Or have the address deleted now.";

    public override string DeleteMyAddress => "Delete my address";

    public override string NeverAskAgain => "Never ask this address again";

    public override string ThisLink => "This link";

    public override string WhoeverHasIt => "Whoever has it can change this. If it got into other hands, have a new one made.";

    public override string MakeANewLink => "Make a new link";

    public override string Quoted(string title) => $"“{title}”";

    public override string IncidentTakenAway => "an incident that was taken away";

    public override string Confirmed => "Confirmed. You are told from now on.";

    public override string Saved => "Saved.";

    public override string NewLink => "This is your new link. Links from before can only unsubscribe now.";

    public override string NewKey => "There is a new key. The one before signs too, until you make another.";

    public override string Refused(Refusal refusal, TimeSpan? wait) => refusal.Sentence;
}

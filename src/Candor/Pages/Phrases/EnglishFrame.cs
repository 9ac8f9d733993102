using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishFrame : FrameWords
{
    public override string Title(string title, string page) => $"{title} – {page} status";

    public override string IncidentsOf(string page) => $"{page}: incidents";

    public override string Skip => "Skip to the status";

    public override string SkipToContent => "Skip to the content";

    public override string Pages => "Pages";

    public override string History => "History";

    public override string Subscribe => "Subscribe";

    public override string More => "More";

    public override string Contact => "Contact";

    public override string Maintenance => "Maintenance";

    public override string HowUptimeIsCounted => "How uptime is counted";

    public override RenderFragment TimesAreIn(RenderFragment zone, string version) =>
        Say($"Times are in {zone}. Published with Candor{version}.");

    public override RenderFragment AsOf(RenderFragment at) => Say(
        $"This is the page as it was on {at}. Only what was recorded then is shown: how old the readings were, response times and Candor’s own health are not kept.");

    public override string BackToNow => "Back to now";

    public override string YouSeeWhatIsShownTo(string audience) => $"You see what is shown to “{audience}”.";

    public override string SignIn => "Sign in";

    public override string SignOut => "Sign out";

    public override string AboutThisCopy => "About this copy";

    public override string CopyMadeAt(string at) => $"This is a copy of the page, made at {at}.";

    public override string ThePageItself => "The page itself";

    public override string SaidByThisMirror => "Said by this mirror";

    public override string PostedOnThisMirror => "Posted on this mirror by the people who run the page.";

    public override string MirrorIsAloneSince(string at) =>
        $"This is a mirror. The publisher has been silent since {at}. Shown is what it said last, not how things are now.";

    public override string UtcMoment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("HH:mm 'UTC on' d MMMM yyyy", CultureInfo.InvariantCulture);
}

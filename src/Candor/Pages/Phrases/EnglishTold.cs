using System.Globalization;
using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishTold : ToldWords
{
    private static readonly Spans Spans = Language.English.PageSpans;

    public override string HowWeToldIt => "How we told it";

    public override string EveryWordTakenAway => "Every word of this was taken away.";

    public override RenderFragment BroughtInFrom(string source) =>
        Say($"This was brought in from {source}. When readers were told of it there is not on this record.");

    public override string AnotherPage => "another page";

    public override string WrittenAfterwards => "This was written up afterwards: nothing was said on this page while it lasted.";

    public override string Detected => "Detected";

    public override string FirstPublicWord => "First public word";

    public override string LastWord => "Last word";

    public override string LongestSilence => "Longest silence";

    public override string ByNoMonitor => "By no monitor";

    public override string AfterItBegan(TimeSpan time) => $"{After(time)} it began";

    public override string AfterItWasDetected(TimeSpan time) => $"{After(time)} it was detected";

    public override string BeforeAMonitorSawIt(TimeSpan time) => $"{Spans.Words(time)} before a monitor saw it";

    public override string AndGoingOn => "and going on";

    public override RenderFragment Until(Dated at) => Say($"until {at}");

    public override string MomentByMoment => "The page and the monitors, moment by moment";

    public override string ThePageSaid => "The page said";

    public override string TheMonitorsSaw => "The monitors saw";

    public override string NothingYet => "Nothing yet";

    public override string NoMonitorWatches => "No monitor watches this";

    public override string Notified(int told, int late, TimeSpan lateBy, int waiting, int failed)
    {
        var words = told == 0 && waiting > 0 ? "Told nobody yet" : told == 1 ? "Told 1 subscriber" : string.Create(CultureInfo.InvariantCulture, $"Told {told:N0} subscribers");
        words += late == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {late:N0} late by up to {Spans.Words(lateBy)}");
        words += waiting == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {waiting:N0} {(waiting == 1 ? "waits" : "wait")}");
        return words + (failed == 0 ? "." : string.Create(CultureInfo.InvariantCulture, $"; {failed:N0} could not be reached."));
    }

    private static string After(TimeSpan time) => IsAtOnce(time) ? "the moment" : $"{Spans.Words(time)} after";
}

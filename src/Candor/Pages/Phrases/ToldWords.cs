using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>How an incident was told: how soon, how steadily, to how many, and the page beside the monitors.</summary>
internal abstract class ToldWords : Spoken
{
    public abstract string HowWeToldIt { get; }

    public abstract string EveryWordTakenAway { get; }

    public abstract RenderFragment BroughtInFrom(string source);

    /// <summary>Behind "from".</summary>
    public abstract string AnotherPage { get; }

    public abstract string WrittenAfterwards { get; }

    public abstract string Detected { get; }

    public abstract string FirstPublicWord { get; }

    public abstract string LastWord { get; }

    public abstract string LongestSilence { get; }

    public abstract string ByNoMonitor { get; }

    /// <summary>"12 min after it began"; within a second, "the moment it began".</summary>
    public abstract string AfterItBegan(TimeSpan time);

    public abstract string AfterItWasDetected(TimeSpan time);

    public abstract string BeforeAMonitorSawIt(TimeSpan time);

    public abstract string AndGoingOn { get; }

    public abstract RenderFragment Until(Dated at);

    public abstract string MomentByMoment { get; }

    public abstract string ThePageSaid { get; }

    public abstract string TheMonitorsSaw { get; }

    public abstract string NothingYet { get; }

    public abstract string NoMonitorWatches { get; }

    /// <summary>"Told 10,412 subscribers; 9 late by up to 12 min; 5 wait; 3 could not be reached."</summary>
    /// <param name="waiting">Who is to be told and has heard nothing yet.</param>
    public abstract string Notified(int told, int late, TimeSpan lateBy, int waiting, int failed);

    protected static bool IsAtOnce(TimeSpan time) => time < TimeSpan.FromSeconds(1);
}

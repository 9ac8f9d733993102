using Candor.Pages.AsOf;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>The pages that say one thing.</summary>
internal abstract class PlainWords : Spoken
{
    public abstract string NoSuchPageTitle { get; }

    public abstract string NoSuchPage(bool past);

    public abstract string WhyNoSuchPage(bool past);

    public abstract string HowThingsStand { get; }

    public abstract string PastIncidents { get; }

    public abstract string Private { get; }

    public abstract RenderFragment WhoMaySignIn { get; }

    public abstract string NothingKnown { get; }

    public abstract RenderFragment RecordBeginsLater(RenderFragment than);

    public abstract string UptimeLead { get; }

    public abstract RenderFragment Formula(bool maintenanceCounts);

    public abstract string Operational { get; }

    public abstract string Degraded { get; }

    public abstract string Partial { get; }

    public abstract string Major { get; }

    public abstract string Unknown { get; }

    public abstract string Maintenance(bool counts);

    public abstract string BeforeItExisted { get; }

    public abstract string HowItIsCut(int days, string zone);

    public abstract string HowADayIsDrawn { get; }

    public abstract string StartingTitle { get; }

    public abstract string Starting { get; }

    public abstract string LoadItAgain { get; }

    public abstract string NoPageHere { get; }

    /// <summary>What was asked for is no moment that can be shown, and what to write instead.</summary>
    public abstract string NoInstant(InstantFault fault);

    public abstract string PastIsBusy { get; }
}

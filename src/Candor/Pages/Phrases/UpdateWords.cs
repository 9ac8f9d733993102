using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>What was said, what was affected and for how long. Most of it stands behind the name of a state.</summary>
internal abstract class UpdateWords : Spoken
{
    public abstract RenderFragment Since(Dated at);

    public abstract RenderFragment For(string lasted, RenderFragment at);

    /// <summary>Of times within a day.</summary>
    public abstract RenderFragment FromTo(RenderFragment from, RenderFragment to);

    /// <summary>Of dates with times.</summary>
    public abstract RenderFragment FromDayToDay(RenderFragment from, RenderFragment to);

    public abstract RenderFragment MeasuredDownSince(Dated at);

    /// <summary>"We identified two downtimes: ", and the downtimes follow.</summary>
    public abstract string Downtimes(int count);

    public abstract RenderFragment UntilNow(RenderFragment from);

    /// <summary>Behind something else; <paramref name="times"/> is not zero.</summary>
    public abstract string Unstable(int times);

    public abstract RenderFragment NextBy(Dated at, RenderFragment due);

    public abstract RenderFragment WentOnIn(RenderFragment incident);

    public abstract RenderFragment Removed(Dated at, string reason);

    /// <summary>As it stands behind "in" and "part of".</summary>
    public abstract string AnotherIncident { get; }

    public abstract RenderFragment Edited(Dated at);

    public abstract RenderFragment UntilItSaid(Dated at, bool typo);

    public abstract RenderFragment AddedLater(RenderFragment at);

    public abstract string DetectedAutomatically { get; }
}

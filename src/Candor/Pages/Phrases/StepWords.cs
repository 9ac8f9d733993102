using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>Before anything is configured.</summary>
internal abstract class StepWords : Spoken
{
    public abstract string FirstSteps { get; }

    public abstract string WatchesItself { get; }

    public abstract string NoComponents { get; }

    public abstract RenderFragment WriteAFile { get; }

    public abstract string ReadWithinSeconds { get; }

    public abstract RenderFragment BecomeOwner { get; }

    public abstract string WhereBlind { get; }
}

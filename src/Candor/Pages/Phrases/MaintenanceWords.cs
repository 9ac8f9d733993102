using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>Planned work.</summary>
internal abstract class MaintenanceWords : Spoken
{
    public abstract string Maintenance { get; }

    /// <summary>How much goes on and how much is to come.</summary>
    public abstract string Lead(int active, int coming);

    public abstract string AppearsHere { get; }

    public abstract string Now { get; }

    public abstract string Planned { get; }

    public abstract string Over { get; }

    public abstract RenderFragment Calendar { get; }

    public abstract RenderFragment TakenAway(RenderFragment at, string reason);

    /// <summary>Behind its status.</summary>
    public abstract string ComesAgain { get; }

    public abstract RenderFragment CalledOff(Dated at, string reason);

    public abstract RenderFragment Moved(Dated at, RenderFragment from, RenderFragment until);

    public abstract RenderFragment InProgress(Dated since, Dated until, bool late);

    /// <summary>When it was, as a sentence.</summary>
    public abstract RenderFragment Was(RenderFragment from, RenderFragment until, string lasted);

    /// <summary>When it is to be, as a sentence.</summary>
    public abstract RenderFragment PlannedFor(RenderFragment from, RenderFragment until, string lasts);

    /// <summary>Behind another sentence.</summary>
    public abstract string Touches(IReadOnlyList<string> names);
}

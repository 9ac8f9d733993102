using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>An incident: its one sentence, its facts, what was learnt.</summary>
internal abstract class IncidentWords : Spoken
{
    /// <summary>"Netop experienced a notice incident on February 29, 2024 affecting A and B, lasting 6h 19m."</summary>
    /// <param name="affected">Empty where nothing was named.</param>
    public abstract string Was(string page, Impact impact, string day, string affected, string lasted);

    public abstract string Is(string page, Impact impact, string since, string affected, string lasting);

    public abstract string TakenAway(string day, string reason);

    /// <summary>"This incident affected: Core Services (Dashboard), and API."</summary>
    public abstract string Affects(IReadOnlyList<string> what, bool isOpen);

    public abstract string NameIn(string name, IReadOnlyList<string> regions);

    public abstract string SinceRemoved(string name);

    public abstract string SomeSinceRemoved { get; }

    public abstract RenderFragment TakenAwayAt(RenderFragment at, string reason);

    public abstract string Severity(Impact impact);

    public abstract string Started { get; }

    public abstract string Resolved { get; }

    public abstract string Lasted { get; }

    public abstract string Lasting { get; }

    public abstract RenderFragment SoFar(RenderFragment lasting);

    public abstract string Affected { get; }

    public abstract string Updates { get; }

    public abstract RenderFragment WentOnFrom(RenderFragment incident, Dated at);

    public abstract RenderFragment WasPartOf(RenderFragment incident);

    public abstract RenderFragment StartCorrected(Dated at, RenderFragment before);

    public abstract string Postmortem { get; }

    public abstract RenderFragment Revised(Dated at);

    public abstract string WhatWeDo { get; }

    /// <summary>How an action item stands, whoever it is of.</summary>
    /// <param name="due">Null where no day is set.</param>
    public abstract string Action(ActionItemStanding standing, string? due, string reason);
}

/// <summary>How an action item of a postmortem stands.</summary>
internal enum ActionItemStanding
{
    Open,
    Due,
    Overdue,
    Done,
    Dropped,
}

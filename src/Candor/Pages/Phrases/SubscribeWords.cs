using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>How to be told: the page, the forms, and being told of one incident alone.</summary>
internal abstract class SubscribeWords : Spoken
{
    public abstract string Subscribe { get; }

    public abstract string Lead { get; }

    public abstract string ByEmail { get; }

    public abstract string EmailNote { get; }

    public abstract string InThisBrowser { get; }

    public abstract string BrowserNote { get; }

    public abstract string BrowserDenied { get; }

    public abstract string BrowserGaveNone { get; }

    public abstract string ByWebhook { get; }

    public abstract string WebhookWhat { get; }

    public abstract string WebhookNote { get; }

    public abstract string InAChatRoom { get; }

    public abstract string ChatWhat { get; }

    public abstract string ChatNote { get; }

    public abstract string WithoutAnAddress { get; }

    /// <param name="page">Where readers can be told, if they can be told there and not here.</param>
    public abstract string FollowThese(string? page);

    public abstract string AtomFeed { get; }

    public abstract string AtomWhat { get; }

    public abstract string RssFeed { get; }

    public abstract string RssWhat { get; }

    public abstract string Calendar { get; }

    public abstract string CalendarWhat { get; }

    public abstract RenderFragment JsonWhat { get; }

    public abstract string Service { get; }

    public abstract string AddressOfRoom { get; }

    public abstract string EmailAddress { get; }

    public abstract string AddressOfEndpoint { get; }

    public abstract string ChooseWhat { get; }

    public abstract string AboutTheseAlone { get; }

    public abstract string IncidentsFrom { get; }

    public abstract string From(Impact impact);

    public abstract string MaintenanceToo { get; }

    public abstract string Told { get; }

    public abstract string Often(DigestEvery every);

    public abstract string YourTimeZone { get; }

    public abstract string BeToldOfThisIncident { get; }

    public abstract RenderFragment OfOneNote { get; }
}

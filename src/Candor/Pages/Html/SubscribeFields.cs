using System.Collections.Immutable;
using Candor.State;

namespace Candor.Pages.Html;

/// <summary>What a form for subscribing holds: as it is first shown, as it was sent, or as a subscription stands.</summary>
internal sealed record SubscribeFields(string Channel)
{
    public string Address { get; init; } = "";

    public ImmutableHashSet<string> Components { get; init; } = [];

    /// <summary>Nothing but the incidents that they are told of by themselves.</summary>
    public bool OnlyIncidents { get; init; }

    /// <summary>One incident alone is asked for; null: the page, or parts of it.</summary>
    public string? Incident { get; init; }

    /// <summary>Incidents that are told whatever else is chosen.</summary>
    public ImmutableHashSet<string> Incidents { get; init; } = [];

    public Impact MinimumImpact { get; init; }

    public bool Maintenance { get; init; } = true;

    public DigestEvery Digest { get; init; }

    public string TimeZone { get; init; } = "";
}

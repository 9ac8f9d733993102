using System.Collections.Immutable;

namespace Candor.Notices.Subscribers;

/// <summary>Where a subscriber is reached. Personal: in memory and, sealed, in subscribers.db; nowhere else.</summary>
internal sealed record Contact(string Address)
{
    /// <summary>Keys to sign with, newest first.</summary>
    public ImmutableArray<string> SigningKeys { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the links in messages are made with. Another one makes every link from before lead nowhere.</summary>
    public string? Secret { get; init; }

    /// <summary>When it was written down; null for those from before that was noted.</summary>
    public DateTimeOffset? KeptSince { get; init; }

    public override string ToString() => "(contact)";
}

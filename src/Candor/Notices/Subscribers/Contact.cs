using System.Collections.Immutable;

namespace Candor.Notices.Subscribers;

/// <summary>Where a subscriber is reached. Personal: in memory and, sealed, in subscribers.db; nowhere else.</summary>
internal sealed record Contact(string Address)
{
    /// <summary>Keys to sign with, newest first.</summary>
    public ImmutableArray<string> SigningKeys { get; init => field = value.IsDefault ? [] : value; } = [];

    public override string ToString() => "(contact)";
}

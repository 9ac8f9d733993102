using System.Collections.Immutable;

namespace Candor.Notices.Subscribers;

/// <summary>Where a subscriber is reached. Personal: in memory and, sealed, in subscribers.db; nowhere else.</summary>
internal sealed record Contact(string Address)
{
    private const int FormerSecretsMost = 50;

    /// <summary>Keys to sign with, newest first.</summary>
    public ImmutableArray<string> SigningKeys { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the links in messages are made with. With another one those from before can do nothing but unsubscribe.</summary>
    public string? Secret { get; init; }

    /// <summary>
    /// The ones from before, newest first: mails that were delivered with them have a button to unsubscribe (RFC 8058), which
    /// has to work for as long as somebody may press it.
    /// </summary>
    public ImmutableArray<string> FormerSecrets { get; init => field = value.IsDefault ? [] : value; } = [];

    public Contact WithSecret(string secret) => this with
    {
        Secret = secret,
        FormerSecrets = Secret is { } before ? [before, .. FormerSecrets.Take(FormerSecretsMost - 1)] : FormerSecrets,
    };

    /// <summary>When it was written down; null for those from before that was noted.</summary>
    public DateTimeOffset? KeptSince { get; init; }

    public override string ToString() => "(contact)";
}

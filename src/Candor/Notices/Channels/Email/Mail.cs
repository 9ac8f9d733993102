using System.Collections.Immutable;

namespace Candor.Notices.Channels.Email;

/// <summary>A mail before it is bytes. Every field has a type that its header can hold.</summary>
internal sealed record Mail
{
    public required EmailAddress From { get; init; }

    public string FromName { get; init; } = "";

    public required EmailAddress To { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required MessageId Id { get; init; }

    /// <summary>What it answers to, oldest first: mails with the same first entry are one conversation.</summary>
    public ImmutableArray<MessageId> References { get; init => field = value.IsDefault ? [] : value; } = [];

    public required string Text { get; init; }

    /// <summary>A whole document, or null.</summary>
    public string? Html { get; init; }

    public string Language { get; init; } = "en";

    public string? UnsubscribeUrl { get; init; }

    public override string ToString() => $"mail {Id}";
}

using System.Text.Json.Serialization;

namespace Candor.Access;

/// <summary>
/// A place kept for somebody who has not come yet. Used once, by whoever has the link. Once taken it is kept only for the
/// browser that took it, until its person has a way to come back, and never beyond its time.
/// </summary>
/// <param name="By">Who invited; null: the console.</param>
/// <param name="Hash">SHA-256 of the secret in the link, in hex.</param>
internal sealed record Invitation(
    string Hash, string Name, string Email, Role Role, PersonId? By, DateTimeOffset ExpiresAt) : Entry
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(72);

    [JsonIgnore]
    public override string Key => Hash;

    public Reach Reach { get; init; } = Reach.Everything;

    /// <summary>By whom it was taken up, or null.</summary>
    public InvitationTaken? Taken { get; init; }
}

/// <param name="Browser">The hash of the mark in the browser that took it; see <see cref="InvitedBrowser"/>.</param>
internal sealed record InvitationTaken(PersonId Person, string Browser);

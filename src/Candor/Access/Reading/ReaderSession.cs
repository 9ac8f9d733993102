using System.Text.Json.Serialization;

namespace Candor.Access.Reading;

/// <summary>How a reader came in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReaderWay>))]
internal enum ReaderWay
{
    [JsonStringEnumMemberName("password")]
    Password,
    [JsonStringEnumMemberName("member")]
    Member,
    [JsonStringEnumMemberName("link")]
    Link,
}

/// <summary>A browser in which a reader of a private page was let in. Never good for anything that operators do.</summary>
/// <param name="Hash">SHA-256 of the 256 random bits in its cookie, in hex.</param>
internal sealed record ReaderSession(string Hash, string Audience, ReaderWay Way, DateTimeOffset StartedAt) : Entry
{
    public static readonly TimeSpan LastsMax = TimeSpan.FromDays(7);

    [JsonIgnore]
    public override string Key => Hash;

    /// <summary>Who it is, where that is known; personal, so it stays in people.db.</summary>
    public string? Email { get; init; }

    /// <summary>A keyed hash of the password it came by: with another password it is over.</summary>
    public string? Proof { get; init; }

    public bool IsOver(DateTimeOffset now) => now - StartedAt > LastsMax;
}

/// <summary>A link that lets one reader in, once.</summary>
/// <param name="Hash">SHA-256 of the secret in it, in hex.</param>
internal sealed record ReaderLink(string Hash, string Audience, DateTimeOffset ExpiresAt) : Entry
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(72);

    [JsonIgnore]
    public override string Key => Hash;

    /// <summary>Whoever uses it becomes a member under this address; null: it lets in and no more.</summary>
    public string? Email { get; init; }
}

/// <summary>Somebody who reads a private page with a password of their own.</summary>
/// <param name="Password">As PBKDF2.</param>
internal sealed record Member(string Audience, string Email, string Password, DateTimeOffset Since) : Entry
{
    [JsonIgnore]
    public override string Key => KeyOf(Audience, Email);

    public static string KeyOf(string audience, string email) => $"{audience} {email}";
}

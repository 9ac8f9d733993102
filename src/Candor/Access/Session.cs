using System.Text.Json.Serialization;

namespace Candor.Access;

/// <summary>A browser in which a person is signed in. Known by the hash of what its cookie holds.</summary>
/// <param name="Hash">SHA-256 of the 256 random bits, in hex.</param>
/// <param name="SteppedUpAt">When the person last proved who they are in this session.</param>
internal sealed record Session(
    string Hash, PersonId Person, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset SteppedUpAt) : Entry
{
    public static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan LastsMax = TimeSpan.FromHours(12);

    [JsonIgnore]
    public override string Key => Hash;

    /// <summary>What the browser calls itself and where it came from, for the person to recognise it by.</summary>
    public string Browser { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>A clock that was set back ends nothing early and keeps nothing longer than the twelve hours it shows.</summary>
    public bool IsOver(DateTimeOffset now) => now - SeenAt > IdleMax || now - StartedAt > LastsMax;
}

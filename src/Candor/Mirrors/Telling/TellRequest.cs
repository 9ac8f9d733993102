using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candor.Mirrors.Telling;

/// <summary>What somebody with the emergency key asks a mirror, signed: how far it is in telling people of a bulletin, or, with a key, to tell them.</summary>
/// <param name="Bulletin">The id of a bulletin that the mirror shows.</param>
internal sealed record TellRequest(string Bulletin)
{
    public const int BytesMax = 4096;

    /// <summary>What this mirror has said since it was started, so that what was sent to another one, or before, is of no use.</summary>
    public string? Challenge { get; init; }

    /// <summary>The key of the contacts that the mirror holds, and of nothing else; null or empty: nothing is asked but how far it is.</summary>
    public byte[]? Key { get; init; }

    /// <summary>The mirror's address as readers have it: one that has another does not take it, so that a mirror cannot hand it on.</summary>
    public string? Home { get; init; }

    /// <summary>Nobody else is to be told of it.</summary>
    public bool IsStop { get; init; }

    /// <summary>Only where it is asked for: one mail goes to that address, and says that it is a trial.</summary>
    public string? Trial { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, TellingJson.Default.TellRequest);

    /// <summary>What was signed with the emergency key, or why it is not taken.</summary>
    public static (TellRequest? Request, string? Refusal) Read(PinnedKey? key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key is null)
        {
            return (null, "The publisher has named no emergency key: `candor mirror emergency` makes one while it is there.");
        }

        if (!key.Fits(Purpose.Telling, signed, signature))
        {
            return (null, "It is not signed with the emergency key that the publisher has named.");
        }

        try
        {
            return JsonSerializer.Deserialize(signed, TellingJson.Default.TellRequest) is { } request && Candor.Mirrors.Bulletin.IsId(request.Bulletin)
                ? (request, null) : (null, "It names no bulletin.");
        }
        catch (JsonException fault)
        {
            return (null, $"It cannot be read: {fault.Message}");
        }
    }

    /// <summary>Why a mirror does nothing by it: it was signed for another one, or this one has no mail account. Null where it is meant.</summary>
    public string? Misdirected(string challenge, TellingVoice? voice) =>
        !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Challenge ?? ""), Encoding.ASCII.GetBytes(challenge))
            ? "It was signed for another mirror, or before this one was started: ask it again."
        : voice is null ? "This mirror has no mail account: it needs --mail, --mail-from and --home."
        : Home != voice.Home.AbsoluteUri ? $"It was signed for {(Home is null ? "no address" : "another address")}, and readers have this mirror as {voice.Home}"
        : null;

    public override string ToString() => $"(telling of {Bulletin})";
}

/// <summary>What a mirror says of itself to somebody with the emergency key.</summary>
/// <param name="Challenge">Has to stand in what asks for more.</param>
/// <param name="HasMail">It has a mail account.</param>
/// <param name="Header">The header of the contacts that it holds, as the publisher signed it; null or empty where it holds none.</param>
/// <param name="Signature">The publisher's, of that header.</param>
/// <param name="Telling">How far it is with the bulletin that was asked about; null where it has not begun.</param>
internal sealed record TellAnswer(string Challenge, bool HasMail, byte[]? Header, byte[]? Signature, TellingState? Telling)
{
    /// <summary>Its address as readers have it; null where it has no mail account.</summary>
    public string? Home { get; init; }
}

/// <param name="Total">People in the contacts.</param>
/// <param name="Told">Whose mail was taken by the mail server.</param>
/// <param name="Failed">Whom the mail server refused for good.</param>
/// <param name="Left">Who has not been told yet, and does not want to be spared.</param>
/// <param name="Trouble">Why it stopped before everybody was told, or null.</param>
internal sealed record TellingState(int Total, int Told, int Failed, int Left, bool IsRunning, string? Trouble)
{
    /// <summary>Of whom it is not known whether the mail server took their mail, after it was sent twice.</summary>
    public int Unclear { get; init; }

    /// <summary>What the mail server said where it refused somebody last, without their address; null where it did not since the start.</summary>
    public string? Refusal { get; init; }

    /// <summary>While it runs: why somebody could not be told for now, of the last of them; null where nobody was in the way.</summary>
    public string? Hindrance { get; init; }

    /// <summary>It was asked to stop, and ends once the mails that are under way are answered.</summary>
    public bool IsStopping { get; init; }
}

/// <summary>What a mirror reports to its publisher of one bulletin.</summary>
internal sealed record ToldCount(string Bulletin, string Incident, int Told, int Failed, int Left)
{
    /// <summary>Of whom it is not known.</summary>
    public int Unclear { get; init; }

    /// <summary>The mirror's address as readers have it: two may have told the same bulletin. Null from one that does not say it.</summary>
    public string? Home { get; init; }

    /// <summary>In the publisher's audit.</summary>
    public const string Act = "mirror.told";

    private const int CountMax = 10_000_000;
    private const int HomeMax = 300;

    [JsonIgnore]
    public bool IsSound => Candor.Mirrors.Bulletin.IsId(Bulletin) && Candor.Mirrors.Bulletin.IsId(Incident) && new[] { Told, Failed, Left, Unclear }.All(static one => one is >= 0 and <= CountMax)
        && (Home is null || (Home.Length <= HomeMax && Uri.TryCreate(Home, UriKind.Absolute, out var home) && home is { Scheme: "https", UserInfo: "", PathAndQuery: "/" } && home.AbsoluteUri == Home));

    [JsonIgnore]
    public string Sentence => string.Create(
        CultureInfo.InvariantCulture, $"{(Home is null ? "A mirror" : $"The mirror {Home}")} told {Told} by mail; its mail server refused {Failed}, and {Left} were not reached.{(Unclear > 0 ? $" Of {Unclear} it is not known." : "")}");
}

/// <summary>A telling that was begun, as it lies on the mirror's disk.</summary>
internal sealed record TellingEntry(string Bulletin, string Incident, DateTimeOffset BegunAt, int Total)
{
    /// <summary>Nobody is left.</summary>
    public bool IsOver { get; init; }

    /// <summary>The publisher has been told how many, or does not want to know.</summary>
    public bool IsReported { get; init; }

    /// <summary>The mirror's address as readers had it then.</summary>
    public string? Home { get; init; }

    /// <summary>How many were left who do not want to be told, when it ended.</summary>
    public int Spared { get; init; }

    /// <summary>When the publisher said first that it does not know of it.</summary>
    public DateTimeOffset? RefusedAt { get; init; }
}

/// <summary>Somebody who has left by a link in a mail of this mirror.</summary>
/// <param name="Link">What their link ends with; no address.</param>
internal sealed record Leaver(string Link, DateTimeOffset At)
{
    /// <summary>The publisher has been told.</summary>
    public bool IsHandedIn { get; init; }

    /// <summary>When the publisher took it; null where it has not, or did not know them.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>When the publisher said first that it does not know them; null where it has not.</summary>
    public DateTimeOffset? RefusedAt { get; init; }
}

/// <summary>What a mirror keeps of telling people, but for who was told.</summary>
internal sealed record TellingNotes(List<TellingEntry> Tellings, List<Leaver> Leavers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TellRequest))]
[JsonSerializable(typeof(TellAnswer))]
[JsonSerializable(typeof(ToldCount))]
[JsonSerializable(typeof(TellingNotes))]
internal sealed partial class TellingJson : JsonSerializerContext;

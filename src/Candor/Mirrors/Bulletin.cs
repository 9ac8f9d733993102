using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Mirrors;

/// <summary>A word of the publisher's people that is said on a mirror while the publisher cannot say it. Text and nothing else.</summary>
/// <param name="Id">12 lower-case letters and digits, random.</param>
/// <param name="Incident">The id of the bulletin that began it; its own for one that begins something.</param>
internal sealed record Bulletin(string Id, string Incident, DateTimeOffset At, IncidentStatus Status, string Title, string Body)
{
    public const int BytesMax = 16 * 1024;

    /// <summary>For so long a mirror shows it.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromHours(24);

    /// <summary>So far the clock of whoever signs may be ahead of a mirror's.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);

    private const int TitleMax = 200;
    private const int BodyMax = 5_000;

    /// <summary>The bulletin, or why it is refused, in a sentence for whoever posts it. Nothing is parsed that was not signed.</summary>
    /// <param name="within">How old it may be.</param>
    /// <param name="ahead">How far it may be to come, by this machine's clock.</param>
    public static (Bulletin? Bulletin, string? Refusal) Read(
        PinnedKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature, DateTimeOffset now, TimeSpan within, TimeSpan ahead)
    {
        if (!key.Fits(Purpose.Bulletin, signed, signature))
        {
            return (null, "It is not signed with the emergency key that the publisher has named.");
        }

        Bulletin? bulletin;
        try
        {
            bulletin = JsonSerializer.Deserialize(signed, BulletinJson.Default.Bulletin);
        }
        catch (JsonException fault)
        {
            return (null, $"It cannot be read: {fault.Message}");
        }

        return bulletin switch
        {
            null or { Status: IncidentStatus.Postmortem } => (null, "It is no bulletin."),
            _ when !IsId(bulletin.Id) || !IsId(bulletin.Incident) => (null, "Its ids are not 12 lower-case letters and digits."),
            _ when string.IsNullOrWhiteSpace(bulletin.Title) || bulletin.Title.Length > TitleMax => (null, $"Its title has to have 1 to {TitleMax} characters."),
            _ when string.IsNullOrWhiteSpace(bulletin.Body) || bulletin.Body.Length > BodyMax => (null, $"Its text has to have 1 to {BodyMax} characters."),
            _ when bulletin.At - now > ahead => (null, $"It is dated {bulletin.At:u}, which is to come: look at the clock of the machine that signed it."),
            _ when now - bulletin.At > within => (null, $"It is of {bulletin.At:u}, which is too long ago."),
            _ => (bulletin, null),
        };
    }

    /// <summary>
    /// As posting takes it: without what nobody sees and what changes what is seen. Where nothing is left of the title or of the
    /// text, the other one stands for it.
    /// </summary>
    public Bulletin Cleaned()
    {
        var (title, body) = (Unshown.Without(Title).Trim(), Unshown.WithoutInText(Body).Trim());
        title = title.Length > 0 ? title : Unshown.Without(body).Trim();
        title = title.Length == 0 ? "Untitled" : title.Length <= TitleMax ? title : title[..(TitleMax - 1)].TrimEnd() + "…";
        return this with { Title = title, Body = body.Length > 0 ? body : title };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BulletinJson.Default.Bulletin);

    public static bool IsId(string id) => id.Length == 12 && id.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}

/// <summary>A bulletin as it was sent.</summary>
/// <param name="IsFolded">The publisher has it in its journal, or will never take it: nobody has to be told any more.</param>
internal sealed record PostedBulletin(byte[] Signed, byte[] Signature, bool IsFolded = false);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Bulletin))]
[JsonSerializable(typeof(List<PostedBulletin>))]
internal sealed partial class BulletinJson : JsonSerializerContext;

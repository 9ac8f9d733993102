using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candor.Mirrors.Telling;

/// <summary>Who is told of a bulletin, in the clear: in memory while it is sealed or told, and nowhere else.</summary>
/// <param name="Page">The name of the page.</param>
/// <param name="Url">Its own address, or null.</param>
internal sealed record ContactList(string Page, string? Url, ImmutableArray<ContactEntry> People)
{
    public static readonly ContactList Nobody = new("", null, []);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ContactListJson.Default.ContactList);

    /// <summary>Throws <see cref="JsonException"/> where it is none.</summary>
    public static ContactList Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ContactListJson.Default.ContactList) is { People.IsDefault: false } list
            ? list
            : throw new JsonException("There are no people in it.");

    public override string ToString() => "(contacts)";
}

/// <summary>One person who is told.</summary>
/// <param name="Address">A mail address.</param>
/// <param name="Leave">What their link to leave by ends with.</param>
internal sealed record ContactEntry(string Address, string Leave)
{
    /// <summary>The tag of the language in which they are told; null: English.</summary>
    public string? Language { get; init; }

    public override string ToString() => "(contact)";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ContactList))]
[JsonSerializable(typeof(ContactsHeader))]
internal sealed partial class ContactListJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candor.Mirrors;

/// <summary>
/// What one edition of the public pages consists of. Signed as the bytes that it is sent as; the content of each page
/// follows from its hash. It holds nothing that a reader of the page could not fetch.
/// </summary>
/// <param name="Position">The journal position that the pages show.</param>
/// <param name="RenderedAt">When they were rendered, by the publisher's clock.</param>
internal sealed record Manifest(long Position, DateTimeOffset RenderedAt, ImmutableArray<MirroredPage> Pages)
{
    public const int BytesMax = 64 << 20;

    private static readonly TimeSpan SetBackAtMost = TimeSpan.FromDays(1);

    /// <summary>The key that bulletins are signed with which mirrors may show while the publisher is gone; null where there is none.</summary>
    public string? Emergency { get; init; }

    /// <summary>What hangs on the words of these pages; fetched beside them, at the address at which readers have it.</summary>
    public ImmutableArray<MirroredFile> Files { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Of what was rendered at the same instant the higher number has more in it.</summary>
    public long Serial { get; init; }

    /// <summary>
    /// The later edition of two. The time decides and not the position: a publisher that was put back from a backup has
    /// fewer events and is the publisher all the same. Where its clock was set back, more events are later too.
    /// </summary>
    public bool IsAfter(Manifest other) =>
        RenderedAt > other.RenderedAt
        || (Position > other.Position && other.RenderedAt - RenderedAt < SetBackAtMost)
        || (Position == other.Position && RenderedAt == other.RenderedAt && Serial > other.Serial);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest);

    /// <summary>Throws <see cref="JsonException"/> where it is not one.</summary>
    public static Manifest Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ManifestJson.Default.Manifest) is { Pages.IsDefault: false } manifest
            ? manifest
            : throw new JsonException("There are no pages in it.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

using System.Text.Json;
using Candor.Pages.Serving;

namespace Candor.Mirrors;

/// <summary>What a mirror takes from whoever answers at the publisher's address. Pure.</summary>
internal static class Acceptance
{
    /// <summary>One page at most.</summary>
    public const int ContentBytesMax = 4 << 20;

    private const int PagesMax = 100_000;

    /// <summary>The manifest, or why it is refused, in a sentence for the operator.</summary>
    public static (Manifest? Manifest, string? Refusal) Read(PinnedKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature, Manifest? held)
    {
        // Nothing is parsed that the publisher did not sign.
        if (!key.Fits(Purpose.Edition, signed, signature))
        {
            return (null, "What was offered is not signed with the publisher's key.");
        }

        Manifest manifest;
        try
        {
            manifest = Manifest.Read(signed);
        }
        catch (JsonException fault)
        {
            return (null, $"What was offered cannot be read: {fault.Message}");
        }

        return Refuse(manifest, held) is { } refusal ? (null, refusal) : (manifest, null);
    }

    private static string? Refuse(Manifest offered, Manifest? held)
    {
        if (held is not null && !offered.IsAfter(held))
        {
            return $"What was offered, event {offered.Position} of {offered.RenderedAt:u}, is not newer than what is held, event {held.Position} of {held.RenderedAt:u}. Where that is the publisher and its clock is right, remove the mirror's copy and start it again.";
        }

        if (offered.Pages.Length is 0 or > PagesMax)
        {
            return $"{offered.Pages.Length} pages were offered; a mirror takes 1 to {PagesMax}.";
        }

        var strange = offered.Pages.FirstOrDefault(static page => !IsPage(page));
        if (strange is not null)
        {
            return $"“{strange.Path}” was offered, which is no page that a mirror serves.";
        }

        var bytes = offered.Pages.Sum(static page => page.Contents.Sum(static content => (long)content.Bytes));
        return bytes > HeldCopy.BytesMax ? $"{bytes >> 20} MiB were offered; a mirror takes {HeldCopy.BytesMax >> 20}." : null;
    }

    private static bool IsPage(MirroredPage page) =>
        PublicRoutes.Covering(page.Path) is { Owner: PublicRoutes.Pages }
        && page.Status is StatusCodes.Status200OK or StatusCodes.Status404NotFound
        && page.Contents.All(static content => content.Bytes is >= 0 and <= ContentBytesMax && content.Hash is { Length: 64 })
        && page.Type.Concat(page.Policy).All(static c => c is >= ' ' and <= '~');
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Wording;

namespace Candor.Mirrors;

/// <summary>
/// Turns a copy into what readers get: byte for byte what the publisher serves, or, while it is silent, what it prepared for
/// when nobody can vouch for it, under a word about the silence and what its people post here meanwhile. Keeps what is compressed from one edition to the next.
/// </summary>
internal sealed class CopyEdition
{
    private Dictionary<string, PageBytes> made = new(StringComparer.Ordinal);

    public Edition Of(HeldCopy copy, bool isSilent, IReadOnlyList<Bulletin> bulletins, DateTimeOffset now)
    {
        var words = MirrorWords.Of(isSilent ? copy.Manifest.RenderedAt : null, bulletins, LanguageOf(copy));
        var kept = new Dictionary<string, PageBytes>(StringComparer.Ordinal);
        var front = new Dictionary<string, PageBytes>(StringComparer.Ordinal);
        var past = ImmutableDictionary.CreateBuilder<string, PageBytes>(StringComparer.Ordinal);
        foreach (var page in copy.Manifest.Pages)
        {
            var hash = isSilent ? (page.LastKnown ?? page.Contents[0]).Hash : page.Hash;
            var key = $"{page.Path} {hash} {words}";
            var bytes = kept[key] = made.GetValueOrDefault(key) ?? Make(page, copy.Contents[hash], words);
            if (page.IsPast)
            {
                past[page.Path] = bytes;
            }
            else
            {
                front[page.Path] = bytes;
            }
        }

        made = kept;
        return new()
        {
            Position = copy.Manifest.Position,
            RenderedAt = now,
            Front = front.ToFrozenDictionary(StringComparer.Ordinal),
            Archive = past.ToImmutable(),
            IsComplete = true,
        };
    }

    /// <summary>The one that its first page speaks.</summary>
    public static Language LanguageOf(HeldCopy copy) =>
        copy.Manifest.Pages.FirstOrDefault(static page => page.Path == "/") is { } first && copy.Contents.TryGetValue(first.Hash, out var html)
            ? PageLanguage.In(html.Span)
            : Language.English;

    private static PageBytes Make(MirroredPage page, ReadOnlyMemory<byte> content, string words)
    {
        var isHtml = page.Type.StartsWith("text/html", StringComparison.Ordinal);
        var rendition = new Rendition(page.Path, page.Type, words.Length > 0 && isHtml ? MirrorWords.SaidOn(content, words) : content.ToArray())
        {
            StatusCode = page.Status,
            ContentSecurityPolicy = page.Policy,
            Immutable = page.Forever,
        };
        return page.IsPast ? PageBytes.Archived(rendition) : PageBytes.From(rendition, before: null);
    }
}

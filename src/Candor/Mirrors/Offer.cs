using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Candor.Mirrors.Telling;
using Candor.Pages;

namespace Candor.Mirrors;

/// <summary>
/// What a publisher offers to mirrors: a signed manifest of its newest edition, and the contents that it names. Made when it
/// is asked for, at most every two seconds, whatever readers or mirrors do. An edition is offered once everything that is over
/// is in it: a mirror would take what is not there yet for gone.
/// </summary>
internal sealed class Offer(IEditionSource editions, SigningKey key, Func<PinnedKey?> emergency, TimeProvider time)
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(2);

    /// <summary>A mirror may be far away and in the middle of one of them, while an incident makes the next and the next.</summary>
    private const int KeptBefore = 10;

    private readonly Lock gate = new();
    private readonly ConditionalWeakTable<PageBytes, MirroredContent> described = [];
    private FrozenDictionary<string, PageBytes> contents = FrozenDictionary<string, PageBytes>.Empty;
    private readonly Queue<FrozenDictionary<string, PageBytes>> before = new(KeptBefore);
    private long serial;
    private Edition made = Edition.None;
    private long madeAt;
    private Offered? offered;

    /// <summary>What hangs on public words now.</summary>
    public Func<ImmutableArray<MirroredFile>> Files { get; init; } = static () => [];

    /// <summary>What mirrors with a token get besides; null where there is nothing of the kind.</summary>
    public ContactsOffer? Contacts { get; init; }

    /// <summary>The key for bulletins that this publisher names; null where it has none.</summary>
    public PinnedKey? Emergency => emergency();

    /// <summary>The newest; null before this process has rendered anything.</summary>
    public Offered? Newest()
    {
        lock (gate)
        {
            var edition = editions.Edition;
            var isDue = offered is null || time.GetElapsedTime(madeAt) >= AtMostEvery;
            if (isDue && edition is { IsRestored: false, IsComplete: true, Front.Count: > 0 } && !ReferenceEquals(edition, made))
            {
                Make(edition);
                (made, madeAt) = (edition, time.GetTimestamp());
            }

            return offered;
        }
    }

    /// <summary>The content with a hash, of this manifest or of one of the last before it.</summary>
    public PageBytes? Find(string hash)
    {
        lock (gate)
        {
            return contents.GetValueOrDefault(hash) ?? before.Select(kept => kept.GetValueOrDefault(hash)).FirstOrDefault(static page => page is not null);
        }
    }

    private void Make(Edition edition)
    {
        var found = new Dictionary<string, PageBytes>(StringComparer.Ordinal);
        var pages = edition.Front.Where(page => !edition.Unprepared.Contains(page.Key)).Select(page => Describe(page.Key, page.Value, isPast: false))
            .Concat(edition.Archive.Where(page => !edition.Front.ContainsKey(page.Key)).Select(page => Describe(page.Key, page.Value, isPast: true)))
            .OrderBy(page => page.Path, StringComparer.Ordinal);
        var manifest = new Manifest(edition.Position, edition.RenderedAt, [.. pages]) { Serial = ++serial, Emergency = emergency()?.ToString(), Files = Files() }.Write();
        if (before.Count == KeptBefore)
        {
            before.Dequeue();
        }

        before.Enqueue(contents);
        contents = found.ToFrozenDictionary(StringComparer.Ordinal);
        offered = new(manifest, Base64Url.EncodeToString(key.Sign(Purpose.Edition, manifest)));

        MirroredPage Describe(string path, PageBytes page, bool isPast)
        {
            var content = ContentOf(page);
            return new(
                path, page.StatusCode, page.ContentType.ToString(), page.ContentSecurityPolicy.ToString(), content.Hash, content.Bytes,
                page.CacheControl == Caching.Forever, isPast, edition.LastKnown.TryGetValue(path, out var lastKnown) ? ContentOf(lastKnown) : null);
        }

        MirroredContent ContentOf(PageBytes page)
        {
            // An archived page is unpacked for this, so once and not for each edition.
            var content = described.GetValue(page, static page => MirroredContent.Of(page.Identity.Bytes.Span));
            found[content.Hash] = page;
            return content;
        }
    }
}

/// <summary>A manifest as it is sent, and its signature in base64url.</summary>
internal sealed record Offered(byte[] Manifest, string Signature)
{
    /// <summary>Other bytes have another tag.</summary>
    public string Tag { get; } = $"\"{Compression.Hash(Manifest)}\"";

    public byte[] Packed { get; } = Compression.Gzip(Manifest, CompressionLevel.Fastest);
}

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Candor.Effects;
using Candor.Languages;
using Candor.Pages;
using Candor.Watching;

namespace Candor.Mirrors;

/// <summary>
/// Follows a publisher from elsewhere: asks for its newest manifest, fetches what it does not have, and shows each edition
/// once it has it whole. What it refuses, and what it cannot reach, leaves readers with what they had. What was fetched for an
/// edition that was overtaken is kept for the next one, so that a page of many parts arrives over a slow line as well.
/// Two loops: one follows; the other says when the publisher is silent and what its people post, and waits for no network.
/// </summary>
internal sealed partial class Mirror(HttpMessageInvoker http, Uri publisher, PinnedKey key, CopyFile file, BulletinBoard board, SelfLog self, TimeProvider time, ILogger<Mirror> logger)
    : IEditionSource
{
    /// <summary>A publisher renders anew every half minute; after this it is silent, and readers are told.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(50);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(10);
    private const int AtOnce = 16;
    private const int SentenceBytesMax = 4096;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly CopyEdition pages = new();
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> fetched = new(StringComparer.Ordinal);
    private volatile Edition edition = Edition.None;
    private IReadOnlyList<Bulletin> shown = [];
    private HeldCopy? held;
    private string? heldTag;
    private long heardAt;
    private long heardFrom;
    private bool isSilent = true;
    private long? savedAt;
    private bool isSaved = true;

    /// <summary>Called with what changed; must return at once.</summary>
    public Action<EditionNews> Announce { get; init; } = static _ => { };

    public Edition Edition => edition;

    /// <summary>What bulletins have to be signed with; null before the publisher has named a key.</summary>
    public PinnedKey? Emergency { get; private set; }

    /// <summary>When the publisher rendered what is shown; null where nothing is.</summary>
    public DateTimeOffset? PublishedAt => held?.Manifest.RenderedAt;

    /// <summary>What the edition that is held consists of; null where there is none.</summary>
    public Manifest? Manifest => held?.Manifest;

    /// <summary>The page's; English before there is one to show.</summary>
    public Language Language => held is { } copy ? CopyEdition.LanguageOf(copy) : Language.English;

    /// <summary>Nothing new has come for long, or not yet since the start.</summary>
    public bool IsSilent => isSilent;

    /// <summary>How long the publisher has been heard without falling silent; null while it is.</summary>
    public TimeSpan? HeardFor => isSilent ? null : time.GetElapsedTime(heardFrom);

    /// <summary>There is something to show.</summary>
    public bool IsServing => edition.Front.Count > 0;

    /// <summary>Puts up the copy on the disk, as what was last known, before anything is asked over the network.</summary>
    public void Restore()
    {
        var (copy, refusal) = file.Load();
        if (refusal is not null)
        {
            LogNotRestored(CopyFile.FileName, refusal);
        }

        if (copy is not null)
        {
            held = copy;
            Emergency = EmergencyOf(copy.Manifest);
            Show(copy.Manifest.Pages.Select(static page => page.Path));
        }
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await FollowOnceAsync(cancellation);
            await Task.Delay(Every, time, cancellation);
        }
    }

    /// <summary>Looks until cancelled.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        while (true)
        {
            LookOnce();
            await Task.Delay(LookEvery, time, cancellation);
        }
    }

    /// <summary>Asks once, takes what there is, and tells the publisher what it has missed.</summary>
    public async Task FollowOnceAsync(CancellationToken cancellation)
    {
        string? trouble;
        try
        {
            trouble = await FetchAsync(cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested
            && fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            trouble = fault is OperationCanceledException ? $"The publisher did not answer within {AnswersWithin.TotalSeconds:0} s." : fault.Message;
        }

        Say("publisher.trouble", trouble is null ? null : "The publisher does not answer as it should.", trouble);
        LookOnce();
        await FoldAsync(cancellation);
        SaveWhenDue();
    }

    /// <summary>Shows what follows from time having passed, and from what was posted here.</summary>
    public void LookOnce()
    {
        lock (gate)
        {
            var fellSilent = !isSilent && time.GetElapsedTime(heardAt) >= SilentAfter;
            isSilent |= fellSilent;
            Say("publisher.silent", !isSilent ? null : held is null
                ? "Nothing has been heard from the publisher yet."
                : $"The publisher has been silent since {held.Manifest.RenderedAt:u}; readers are told.");
            if (held is not null && (fellSilent || !board.Shown(Emergency).SequenceEqual(shown)))
            {
                Show(held.Manifest.Pages.Select(static page => page.Path));
            }
        }
    }

    /// <summary>What was said here while the publisher was gone is told to it, in order, until it has it.</summary>
    private async Task FoldAsync(CancellationToken cancellation)
    {
        if (isSilent)
        {
            return;
        }

        foreach (var bulletin in board.Waiting(Emergency))
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                patience.CancelAfter(AnswersWithin);
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(publisher, MirrorEndpoints.Bulletins)) { Content = new ByteArrayContent(bulletin.Signed) };
                request.Headers.Add(MirrorEndpoints.Signature, Base64Url.EncodeToString(bulletin.Signature));
                using var answer = await http.SendAsync(request, patience.Token);
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity))
                {
                    return;
                }

                var sentence = await BoundedBody.ReadAsync(answer.Content, SentenceBytesMax, patience.Token);
                LogFolded(publisher, (int)answer.StatusCode, Encoding.UTF8.GetString(sentence.Span));
                board.Fold(bulletin);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && fault is HttpRequestException or IOException or OperationCanceledException)
            {
                // The next round tells it again; the publisher knows what it has.
                return;
            }
        }
    }

    private static PinnedKey? EmergencyOf(Manifest manifest) => manifest.Emergency is { } text ? PinnedKey.Read(text) : null;

    /// <param name="sentence">For everybody; null where it is well.</param>
    /// <param name="detail">For whoever runs the mirror: addresses may be in it.</param>
    private void Say(string what, string? sentence, string? detail = null)
    {
        if (sentence is not null && !self.Problems.Any(problem => problem.Key == what && problem.Sentence == sentence && problem.Detail == detail))
        {
            LogTrouble(publisher, detail ?? sentence);
        }

        self.Set(what, Gravity.Public, sentence, detail);
    }

    /// <summary>What went wrong, in a sentence; null where there is nothing new, or what is new is shown.</summary>
    private async Task<string?> FetchAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswersWithin);
        using var request = Get(MirrorEndpoints.Manifest);
        if (heldTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", heldTag);
        }

        using var answer = await http.SendAsync(request, patience.Token);
        if (answer.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return $"The publisher answered {(int)answer.StatusCode}.";
        }

        var signed = (await BoundedBody.ReadAsync(answer.Content, Manifest.BytesMax, patience.Token)).ToArray();
        var signature = answer.Headers.TryGetValues(MirrorEndpoints.Signature, out var said) && Base64Url.IsValid(said.First())
            ? Base64Url.DecodeFromChars(said.First())
            : [];
        if (held is not null && signed.AsSpan().SequenceEqual(held.Signed))
        {
            heldTag = answer.Headers.ETag?.Tag;
            return null;
        }

        var (manifest, refusal) = Acceptance.Read(key, signed, signature, held?.Manifest);
        if (manifest is null)
        {
            return refusal;
        }

        var (contents, missing) = await ContentsAsync(manifest, cancellation);
        if (contents is null)
        {
            return missing;
        }

        Take(new(manifest, signed, signature, contents), answer.Headers.ETag?.Tag);
        return null;
    }

    private async Task<(ImmutableDictionary<string, ReadOnlyMemory<byte>>? Contents, string? Trouble)> ContentsAsync(
        Manifest manifest, CancellationToken cancellation)
    {
        var wanted = manifest.Pages.SelectMany(static page => page.Contents).DistinctBy(static content => content.Hash).ToList();

        // However each round ends, no more is kept than one edition may hold.
        var named = wanted.Select(static content => content.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in fetched.Keys.Where(hash => !named.Contains(hash)))
        {
            fetched.TryRemove(hash, out _);
        }

        string? trouble = null;
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (content, stop) =>
        {
            if (held?.Contents.ContainsKey(content.Hash) != true && !fetched.ContainsKey(content.Hash)
                && await ContentAsync(content, stop) is { } why)
            {
                trouble = why;
            }
        });
        return trouble is not null ? (null, trouble) : (wanted.ToImmutableDictionary(
            static content => content.Hash,
            content => fetched.TryGetValue(content.Hash, out var bytes) ? bytes : held!.Contents[content.Hash],
            StringComparer.Ordinal), null);
    }

    /// <summary>Keeps it, or says why not.</summary>
    private async Task<string?> ContentAsync(MirroredContent content, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswersWithin);
        using var request = Get(MirrorEndpoints.Contents + content.Hash);
        using var answer = await http.SendAsync(request, patience.Token);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            // It has gone on meanwhile; the next manifest is another one.
            return $"The publisher answered {(int)answer.StatusCode} for a content that it named.";
        }

        var bytes = await BoundedBody.ReadAsync(answer.Content, Math.Max(1, content.Bytes), patience.Token);
        if (MirroredContent.Of(bytes.Span) != content)
        {
            return "A content is not the one that was signed.";
        }

        fetched[content.Hash] = bytes;
        return null;
    }

    private void Take(HeldCopy copy, string? tag)
    {
        lock (gate)
        {
            Become(copy, tag);
        }

        fetched.Clear();
    }

    private void Become(HeldCopy copy, string? tag)
    {
        var before = held?.Manifest.Pages.ToDictionary(static page => page.Path, static page => page.Hash, StringComparer.Ordinal) ?? [];
        var changed = copy.Manifest.Pages.Where(page => isSilent || before.GetValueOrDefault(page.Path) != page.Hash).Select(static page => page.Path).ToList();
        if (isSilent)
        {
            heardFrom = time.GetTimestamp();
            LogHeard(publisher, copy.Manifest.Position);
        }

        (held, heldTag, heardAt, isSilent, isSaved) = (copy, tag, time.GetTimestamp(), false, false);
        Emergency = EmergencyOf(copy.Manifest);
        Show(changed);
    }

    private void Show(IEnumerable<string> changed)
    {
        var now = time.GetUtcNow();
        shown = board.Shown(Emergency);
        edition = pages.Of(held!, isSilent, shown, now);
        Announce(new(edition, [.. changed], now));
    }

    private void SaveWhenDue()
    {
        if (isSaved || (savedAt is { } at && time.GetElapsedTime(at) < SaveEvery))
        {
            return;
        }

        savedAt = time.GetTimestamp();
        try
        {
            file.Save(held!);
            isSaved = true;
        }
        catch (IOException fault)
        {
            // Readers lose nothing by it; the next round tries again.
            LogNotSaved(fault);
        }
    }

    private HttpRequestMessage Get(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(publisher, path));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        return request;
    }

    [LoggerMessage(LogLevel.Warning, "{File} is not served: {Refusal}")]
    private partial void LogNotRestored(string file, string refusal);

    [LoggerMessage(LogLevel.Information, "{Publisher} is heard; shown is event {Position}.")]
    private partial void LogHeard(Uri publisher, long position);

    [LoggerMessage(LogLevel.Warning, "{Publisher}: {Trouble}")]
    private partial void LogTrouble(Uri publisher, string trouble);

    [LoggerMessage(LogLevel.Information, "{Publisher} was told of a bulletin and answered {Status}: {Sentence}")]
    private partial void LogFolded(Uri publisher, int status, string sentence);

    [LoggerMessage(LogLevel.Warning, "The copy could not be written to the disk; it is served from memory.")]
    private partial void LogNotSaved(IOException fault);
}

using System.Collections.Immutable;
using Candor.Attachments;
using Candor.Effects;
using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Mirrors;

/// <summary>A file that public words name, as a mirror is told of it.</summary>
/// <param name="Path">Where readers have it: "/files/{hash}/{name}".</param>
internal sealed record MirroredFile(string Path, string Type, string Hash, long Bytes, bool IsPicture)
{
    public static MirroredFile Of(AttachedFile file) => new(Links.PathOf(file), file.Type, file.Hash, file.Bytes, file.IsPicture);

    /// <summary>All that hang on words of a world as everybody may know it.</summary>
    public static ImmutableArray<MirroredFile> In(World world) =>
    [
        .. world.Incidents.Values.Where(static incident => incident is { Published: true, Removed: null })
            .SelectMany(static incident => incident.Updates).SelectMany(static update => update.Files)
            .Select(Of).DistinctBy(static file => file.Path).OrderBy(static file => file.Path, StringComparer.Ordinal),
    ];

    /// <summary>Null where it is no file that a mirror serves: the publisher may have been taken over.</summary>
    public AttachedFile? Attached => Path.Split('/') is ["", "files", var hash, var name] && hash == Hash && FileStore.IsHash(hash)
        && FileName.Of(name) == name && Inspection.Takes(Type) && Bytes > 0 && Bytes <= FileLimits.Default.FileBytesMax
            ? new(Hash, name, Type, Bytes) { Width = IsPicture ? 1 : null }
            : null;
}

/// <summary>
/// The files of a mirror, on its disk under their hash: those that the edition which is held names, fetched after its pages and
/// believed where the bytes fit. What no edition names any more goes.
/// </summary>
internal sealed class MirroredFiles(HttpMessageInvoker http, Uri publisher, Func<Manifest?> held, FileStore store, TimeProvider time, ILogger<MirroredFiles> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromMinutes(2);

    private ImmutableArray<MirroredFile> known = [];
    private string? complaint;

    /// <summary>Null where the edition names none there, or it has not come yet.</summary>
    public (AttachedFile File, string Path)? Find(string path) =>
        held()?.Files.FirstOrDefault(file => file.Path == path)?.Attached is { } file && store.Has(file.Hash) ? (file, store.PathOf(file.Hash)) : null;

    /// <summary>Fetches until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await FollowOnceAsync(cancellation);
            await Task.Delay(Every, time, cancellation);
        }
    }

    /// <summary>Fetches what is missing, one after the other; what could not be had is asked for again.</summary>
    public async Task FollowOnceAsync(CancellationToken cancellation)
    {
        if (held() is not { } manifest)
        {
            return;
        }

        var named = manifest.Files.Where(static file => file.Attached is not null).ToList();
        try
        {
            if (manifest.Files != known)
            {
                store.KeepOnly(named.Select(static file => file.Hash).ToHashSet(StringComparer.Ordinal));
                known = manifest.Files;
            }

            foreach (var file in named.Where(file => !store.Has(file.Hash) && store.Bytes + file.Bytes <= FileLimits.Default.TotalBytesMax))
            {
                await FetchAsync(file, cancellation);
            }

            complaint = null;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested
            && fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            if (complaint != fault.Message)
            {
                complaint = fault.Message;
                MirrorFileLog.NotFetched(logger, publisher, complaint);
            }
        }
    }

    private async Task FetchAsync(MirroredFile file, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ArrivesWithin);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(publisher, file.Path));
        using var answer = await http.SendAsync(request, patience.Token);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The publisher answered {(int)answer.StatusCode} for a file that it named.");
        }

        var bytes = await BoundedBody.ReadAsync(answer.Content, (int)file.Bytes, patience.Token);
        if (FileStore.HashOf(bytes.Span) != file.Hash)
        {
            throw new InvalidDataException("A file is not the one that was signed.");
        }

        store.Keep(bytes.Span);
    }
}

/// <summary>What whoever runs a mirror is told of its files.</summary>
internal static partial class MirrorFileLog
{
    [LoggerMessage(1271, LogLevel.Warning, "{Publisher}: {Trouble}")]
    public static partial void NotFetched(ILogger logger, Uri publisher, string trouble);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Attachments;

/// <summary>
/// Takes files chunk by chunk. A chunk is a file of its own that is durable before it is acknowledged, and whole or not
/// there; so after a crash an upload stands exactly where its sender was told it stands, and at most one chunk is sent twice.
/// </summary>
internal sealed class Uploads(IDisk disk, string folder, FileStore files, FileLimits limits, TimeProvider time) : IDisposable
{
    /// <summary>Its name in the data folder.</summary>
    public const string FolderName = "uploads";

    private const int RecordBytesMax = 16 * 1024;
    private const int IdLength = 24;
    private const string Record = ".json";

    /// <summary>
    /// One writes at a time, and who waits holds no thread: a disk that hangs holds up files, and nothing else. Who only asks
    /// does not wait.
    /// </summary>
    private readonly SemaphoreSlim writing = new(1, 1);

    private readonly UnneededFiles unneeded = new(limits, time);
    private ConcurrentDictionary<string, Upload>? all;

    public FileLimits Limits => limits;

    /// <summary>Whether words name a file: then its upload is used up.</summary>
    public Func<string, bool> IsNamed { get; init; } = static _ => false;

    /// <summary>The id that a key of somebody always gives.</summary>
    public static string IdOf(string by, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{by}\nupload\n{key}")))[..IdLength];

    /// <summary>Begins one; where it was begun before under the same id it goes on. Throws <see cref="IOException"/>.</summary>
    public Task<UploadOutcome> BeginAsync(string id, string by, string sentName, long bytes, CancellationToken cancellation) => AloneAsync(
        () =>
        {
            var name = FileName.Of(sentName);
            if (Find(id, by) is { } begun)
            {
                return begun.Name == name && begun.Bytes == bytes
                    ? new(Finished(begun), null) { IsRepeated = true }
                    : new(null, new("key_reused", "This Idempotency-Key stands for another upload; take a new one.", "name"));
            }

            if (Against(by, name, bytes) is { } no)
            {
                return new UploadOutcome(null, no);
            }

            // Of an older one under this id there may be bytes left.
            Forget(id);
            var upload = new Upload(id, by, name, bytes, time.GetUtcNow());
            Write(upload);
            return new(upload, null);
        },
        cancellation);

    /// <summary>Null where there is none, it is somebody else's, or its day is over.</summary>
    public Upload? Find(string id, string by) =>
        All().GetValueOrDefault(id) is { } upload && upload.By == by && time.GetUtcNow() - upload.BegunAt < limits.UploadKept ? upload : null;

    /// <summary>What came of the uploads of somebody.</summary>
    public IReadOnlyList<KeptFile> Kept(string by) => [.. All().Values.Where(one => one.By == by).Select(static one => one.File).OfType<KeptFile>()];

    /// <summary>
    /// Takes a chunk. One that does not begin where the upload stands changes nothing; the answer says where it stands.
    /// With the last one the file is looked at and kept, or refused and forgotten. Throws <see cref="IOException"/>.
    /// </summary>
    public Task<UploadOutcome> AppendAsync(string id, string by, long offset, ReadOnlyMemory<byte> chunk, CancellationToken cancellation) => AloneAsync(
        () =>
        {
            if (Find(id, by) is not { } upload)
            {
                return new(null, NoSuchUpload);
            }

            if (offset != upload.Offset)
            {
                return new(upload, new("upload.offset", string.Create(CultureInfo.InvariantCulture, $"The upload stands at {upload.Offset}; go on from there.")));
            }

            if (chunk.Length > limits.ChunkBytesMax || chunk.Length > upload.Bytes - offset)
            {
                return new(upload, new("upload.too_much", $"A chunk has at most {limits.ChunkBytesMax} bytes, and no more than are missing.", "body"));
            }

            if (!chunk.IsEmpty)
            {
                disk.Replace(PathOf(ChunkOf(id, offset)), chunk.Span);
                upload = upload with { Offset = offset + chunk.Length };
                All()[id] = upload;
            }

            return upload.Offset < upload.Bytes || upload.File is not null ? new UploadOutcome(upload, null) : Finish(upload);
        },
        cancellation);

    /// <summary>Remembers what words name now, so that what somebody takes away goes soon.</summary>
    public Task LookAsync(IReadOnlyCollection<string> named, CancellationToken cancellation) => AloneAsync(
        () =>
        {
            unneeded.Look(named);
            return 0;
        },
        cancellation);

    /// <summary>
    /// Forgets what is too old with all its bytes, and those files that <see cref="UnneededFiles"/> lets go. Gives how many
    /// files went. Throws <see cref="IOException"/>.
    /// </summary>
    /// <param name="named">What words name; null where there are no words to go by: then every file stays.</param>
    public Task<int> SweepAsync(IReadOnlyCollection<string>? named, CancellationToken cancellation) => AloneAsync(
        () =>
        {
            var now = time.GetUtcNow();
            foreach (var upload in All().Values.Where(one => now - one.BegunAt >= limits.UploadKept + limits.Grace).ToList())
            {
                Forget(upload.Id);
            }

            foreach (var stray in disk.List(folder).Where(name => !All().ContainsKey(name.Split('-', '.')[0])))
            {
                disk.Delete(PathOf(stray));
            }

            files.SweepLeftovers(now);
            if (named is null)
            {
                return 0;
            }

            // In the same breath: an upload that finishes now may be the same file as one that nobody needed.
            var needed = All().Values.Select(static one => one.File?.Hash).OfType<string>().Concat(named).ToHashSet(StringComparer.Ordinal);
            unneeded.Look(named);
            return files.Remove(unneeded.Of(files.Hashes, needed, files.WrittenAt));
        },
        cancellation);

    private async Task<T> AloneAsync<T>(Func<T> does, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            return does();
        }
        finally
        {
            writing.Release();
        }
    }

    public static Refusal NoSuchUpload { get; } = new(
        "no_such_upload", "There is no such upload of yours, or its day is over; begin it again.", "id");

    public void Dispose() => writing.Dispose();

    private Refusal? Against(string by, string name, long bytes)
    {
        if (Inspection.AgainstName(name) is { } unknown)
        {
            return unknown;
        }

        if (bytes < 1 || bytes > limits.FileBytesMax)
        {
            return new("file.size", string.Create(
                CultureInfo.InvariantCulture, $"A file has 1 to {limits.FileBytesMax} bytes; this one has {bytes}. Send a smaller one, or a link to where it lies."), "bytes");
        }

        var fresh = All().Values.Where(one => time.GetUtcNow() - one.BegunAt < limits.UploadKept).ToList();
        if (fresh.Count(one => one.By == by && !(one.File is { } file && IsNamed(file.Hash))) >= limits.UploadsOfOneMax)
        {
            return new("upload.too_many", $"{limits.UploadsOfOneMax} uploads of yours wait for their words; post some of them, or wait until the first are a day old.");
        }

        var underWay = fresh.Where(static one => one.File is null).Sum(static one => one.Bytes);
        if (files.Bytes + underWay + bytes > limits.TotalBytesMax)
        {
            return new("files.share", $"All files together may take {limits.TotalBytesMax >> 20} MiB, and they do. Remove some of old incidents.");
        }

        return disk.FreeBytes(folder) - underWay - bytes < limits.FreeBytesLeast
            ? new(Reserve.DiskFull, "The disk is nearly full, and what is left is for words. Post without the file, and free some space.")
            : null;
    }

    private UploadOutcome Finish(Upload upload)
    {
        var whole = new byte[upload.Bytes];
        long at = 0;
        foreach (var (name, _, length) in ChunksOf(upload.Id))
        {
            (disk.Read(PathOf(name), limits.ChunkBytesMax) ?? throw new IOException($"'{name}' is gone.")).CopyTo(whole, at);
            at += length;
        }

        var (file, refusal) = Inspection.Of(upload.Name, whole);
        if (file is null)
        {
            Forget(upload.Id);
            return new(null, refusal);
        }

        var finished = upload with
        {
            File = new(files.Keep(file.Bytes), upload.Name, file.Type, file.Bytes.Length, file.Width, file.Height),
        };
        Write(finished);
        foreach (var (name, _, _) in ChunksOf(upload.Id))
        {
            disk.Delete(PathOf(name));
        }

        return new(finished, null);
    }

    /// <summary>The last chunk was kept and the file was not: a crash came in between.</summary>
    private Upload Finished(Upload upload) => upload.File is null && upload.Offset == upload.Bytes ? Finish(upload).Upload ?? upload : upload;

    private void Write(Upload upload)
    {
        disk.Replace(PathOf(upload.Id + Record), JsonSerializer.SerializeToUtf8Bytes(upload, UploadJson.Default.Upload));
        All()[upload.Id] = upload;
    }

    private void Forget(string id)
    {
        // The record goes first: what is left without one is nobody's, and swept.
        disk.Delete(PathOf(id + Record));
        All().TryRemove(id, out _);
        foreach (var name in disk.List(folder).Where(name => name.StartsWith(id + "-", StringComparison.Ordinal)))
        {
            disk.Delete(PathOf(name));
        }
    }

    private ConcurrentDictionary<string, Upload> All() => LazyInitializer.EnsureInitialized(ref all, () => new(
        disk.List(folder)
            .Where(static name => name.EndsWith(Record, StringComparison.Ordinal))
            .Select(Read).OfType<Upload>().Select(static one => KeyValuePair.Create(one.Id, one)),
        StringComparer.Ordinal));

    /// <summary>Null where it cannot be read: then it is begun again.</summary>
    private Upload? Read(string name)
    {
        try
        {
            return disk.Read(PathOf(name), RecordBytesMax) is { } bytes && JsonSerializer.Deserialize(bytes, UploadJson.Default.Upload) is { } upload
                && (upload.File is not null ? upload.Bytes : ChunksOf(upload.Id).Sum(static chunk => chunk.Length)) is var offset && offset <= upload.Bytes
                ? upload with { Offset = offset }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>From the beginning as far as there is no gap.</summary>
    private IEnumerable<(string Name, long Offset, long Length)> ChunksOf(string id)
    {
        long at = 0;
        while (disk.Stat(PathOf(ChunkOf(id, at))) is { Bytes: > 0 } chunk)
        {
            yield return (ChunkOf(id, at), at, chunk.Bytes);
            at += chunk.Bytes;
        }
    }

    private static string ChunkOf(string id, long offset) => string.Create(CultureInfo.InvariantCulture, $"{id}-{offset:D9}");

    private string PathOf(string name) => Path.Combine(folder, name);
}

/// <summary>How an upload stands, or why not; both where a chunk did not fit and the sender needs to know where it stands.</summary>
internal sealed record UploadOutcome(Upload? Upload, Refusal? Refusal)
{
    /// <summary>It had been begun before.</summary>
    public bool IsRepeated { get; init; }
}

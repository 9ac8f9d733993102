using System.Collections.Immutable;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Microsoft.Extensions.Logging;

namespace Candor.Attachments;

/// <summary>Files of words: what has come in, and which of it the facts still name.</summary>
/// <param name="names">Which words name what; the same that the uploads ask.</param>
internal sealed class AttachmentDesk(
    Uploads uploads, FileStore files, NamedFiles names, Func<Journal<World, Event>> journal, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    /// <summary>How soon it is known that words name a file; what is attached and taken away within less goes as one that nobody needs.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    public Uploads Uploads => uploads;

    public FileStore Files => files;

    /// <summary>What somebody's finished uploads are, to be named by a fact; or why not.</summary>
    public (ImmutableArray<AttachedFile> Files, Refusal? Refusal) Named(string by, IReadOnlyList<NamedUpload> named)
    {
        var found = ImmutableArray.CreateBuilder<AttachedFile>();
        foreach (var (place, one) in named.Index())
        {
            if (uploads.Find(one.Upload, by) is not { } upload)
            {
                return ([], Uploads.NoSuchUpload with { Field = $"files/{place}/upload" });
            }

            if (upload.File is not { } file)
            {
                return ([], new("upload.unfinished", $"“{upload.Name}” has not come whole yet; send the rest first.", $"files/{place}/upload"));
            }

            found.Add(Attached(file) with
            {
                Alt = one.Alt is { } alt && !string.IsNullOrWhiteSpace(alt) ? alt.Trim() : null,
            });
        }

        return (found.ToImmutable(), null);
    }

    /// <summary>A finished upload of somebody, for their preview; null where there is none.</summary>
    public AttachedFile? Waiting(string by, string hash, string name) =>
        uploads.Kept(by).FirstOrDefault(file => file.Hash == hash && file.Name == name) is { } file ? Attached(file) : null;

    private static AttachedFile Attached(KeptFile file) =>
        new(file.Hash, file.Name, file.Type, file.Bytes) { Width = file.Width, Height = file.Height };

    /// <summary>The incidents whose updates name a file, as far as this world has them.</summary>
    public IEnumerable<Incident> Naming(World world, string hash) =>
        names.Naming(journal().State, hash).Select(id => world.Incidents.GetValueOrDefault(id)).OfType<Incident>();

    /// <summary>Takes away what was never gone on with, and what no words refer to any more.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        // A journal without an incident is a new one, or not filled yet; what lies beside it has come from elsewhere.
        var world = journal().State;
        if (await uploads.SweepAsync(world.Incidents.IsEmpty ? null : names.In(world), cancellation) is > 0 and var gone)
        {
            AttachmentLog.Swept(logger, gone);
        }
    }

    public void Dispose() => uploads.Dispose();

    /// <summary>Sweeps every hour, the first time an hour after the start; runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var sweptAt = time.GetTimestamp();
        while (true)
        {
            if (journal().Condition.Phase == JournalPhase.Running)
            {
                await uploads.LookAsync(names.In(journal().State), stopping);
                if (time.GetElapsedTime(sweptAt) >= SweepEvery)
                {
                    sweptAt = time.GetTimestamp();
                    await SweepAsync(stopping);
                }
            }

            await Task.Delay(LookEvery, time, stopping);
        }
    }
}

/// <param name="Upload">The id of a finished upload.</param>
/// <param name="Alt">What it shows, for who does not see it.</param>
internal sealed record NamedUpload(string Upload, string? Alt);

/// <summary>What operators are told of files.</summary>
internal static partial class AttachmentLog
{
    [LoggerMessage(1270, LogLevel.Information, "{Count} files that no words refer to were taken away.")]
    public static partial void Swept(ILogger logger, int count);
}

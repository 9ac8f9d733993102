using System.Collections.Immutable;
using Candor.Attachments;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.Admin.Incidents;

/// <summary>The files of a composer: uploaded by a script while somebody writes, or sent with the form where there is none.</summary>
internal static class ComposerFiles
{
    /// <summary>One whole file and everything that is written beside it.</summary>
    public const long BodyBytesMax = 11 * 1024 * 1024;

    private const string Field = "files";

    /// <summary>Keeps what came with the form, so that it is there again when the form comes back.</summary>
    public static async Task<ComposerForm> TakeAsync(Visit visit, SentForm sent, ComposerForm form)
    {
        foreach (var file in sent.Files)
        {
            try
            {
                var outcome = await TakeAsync(visit, form.Key, file);
                form = outcome.Upload is { } upload && outcome.Refusal is null
                    ? form with { Files = form.Files.Add(new(upload.Id, sent["file_alt"])) }
                    : form with { FileFault = outcome.Refusal! with { Field = Field } };
            }
            catch (IOException)
            {
                form = form with { FileFault = new("upload.unwritable", "The disk did not take the file. Publish the words without it.", Field) };
            }
        }

        return form;
    }

    /// <summary>As facts name them; or why not.</summary>
    public static (ImmutableArray<AttachedFile> Files, Refusal? Refusal) Of(Visit visit, ComposerForm form) =>
        form.FileFault is { } fault ? ([], fault)
        : form.Files.IsEmpty ? ([], null)
        : visit.Room.Attachments.Named(visit.Who.Actor, form.Files);

    public static Task<PostOutcome> WithAsync(Visit visit, ComposerForm form, Func<ImmutableArray<AttachedFile>, Task<PostOutcome>> commit)
    {
        var (files, refusal) = Of(visit, form);
        return refusal is null ? commit(files) : Task.FromResult(new PostOutcome(null, refusal));
    }

    /// <summary>What a form that comes back says of its files; those that are gone are left out.</summary>
    public static IEnumerable<(Upload Upload, string? Alt)> Kept(Visit visit, ComposerForm form) =>
        from one in form.Files
        let upload = visit.Room.Attachments.Uploads.Find(one.Upload, visit.Who.Actor)
        where upload is not null
        select (upload, one.Alt);

    /// <summary>The same form sent again is the same upload.</summary>
    private static async Task<UploadOutcome> TakeAsync(Visit visit, string key, IFormFile file)
    {
        var (uploads, by) = (visit.Room.Attachments.Uploads, visit.Who.Actor);
        var id = key.Length > 0 ? Uploads.IdOf(by, $"{key} {file.FileName} {file.Length}") : visit.Room.NewId();
        var outcome = await uploads.BeginAsync(id, by, file.FileName, file.Length, visit.Cancellation);
        var chunk = new byte[uploads.Limits.ChunkBytesMax];
        await using var content = file.OpenReadStream();
        while (outcome is { Refusal: null, Upload: { File: null } upload })
        {
            content.Position = upload.Offset;
            var length = await content.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, visit.Cancellation);
            outcome = await uploads.AppendAsync(upload.Id, by, upload.Offset, chunk.AsMemory(0, length), visit.Cancellation);
        }

        return outcome;
    }
}

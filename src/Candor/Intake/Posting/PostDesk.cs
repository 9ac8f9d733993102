using System.Collections.Immutable;
using Candor.Access;
using Candor.Attachments;
using Candor.Effects;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Intake.Posting;

/// <summary>Commits what programs post. An answer of success means durable; everything else says what is known.</summary>
internal sealed class PostDesk(Func<Journal<World, Event>> journal, IRandomness randomness, TimeProvider time)
{
    /// <summary>While the journal is being opened again a post waits, but not for ever.</summary>
    private static readonly TimeSpan CommitsWithin = TimeSpan.FromSeconds(10);

    private static readonly Refusal NotKnown = new(
        "journal.unavailable",
        "The journal cannot be written at the moment, and it is not known whether this was kept. Send it again with the same Idempotency-Key; `candor doctor` looks at the causes.");

    private static readonly Refusal NotYet = new(
        "journal.starting", "This server has not read its journal yet, so nothing was kept. Try again in a moment; /healthz says how it is.");

    /// <summary>What has been uploaded.</summary>
    public Func<AttachmentDesk> Attachments { get; init; } = static () => throw new JournalFailedException("Nothing takes files here.");

    public World World => journal().State;

    /// <summary>As far as somebody gets to know it.</summary>
    public World WorldOf(Principal who) => World.Within(who.Reach);

    /// <summary>Before the first reading a world that is half read would say that there is no incident.</summary>
    public void MustHaveRead()
    {
        if (journal().Condition.Phase == JournalPhase.Opening)
        {
            throw new JournalFailedException("The journal is still opening; try again in a moment.");
        }
    }

    public string NewId() => randomness.NextId();

    /// <summary>The uploads that a body names, as facts name files; null where one is refused and the answer is written.</summary>
    public async Task<ImmutableArray<AttachedFile>?> FilesAsync<T>(HttpContext context, PostRequest<T> request, IReadOnlyList<FileBody>? named)
        where T : class
    {
        // What was done under this key is answered as it was then, also when its uploads are long gone.
        if (named is null or [] || (request.Key is { } key && RequestDecisions.Find(World, time.GetUtcNow(), key) is not null))
        {
            return [];
        }

        var (files, refusal) = Attachments().Named(request.Who.Actor, [.. named.Select(static one => new NamedUpload(one?.Upload ?? "", one?.Alt))]);
        if (refusal is null)
        {
            return files;
        }

        await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, refusal);
        return null;
    }

    /// <summary>
    /// Decides once and commits, as something that people say. Gives back the target that it was about and whether it had
    /// been done before; null where it was refused and the answer is written.
    /// </summary>
    public async Task<Posted?> CommitAsync<T>(
        HttpContext context, PostRequest<T> request, string target, Func<World, DateTimeOffset, Decision<Event>> decide)
        where T : class
    {
        var outcome = await DecideAsync(request.Who, request.Key, request.Asked, target, decide, context.RequestAborted);
        if (outcome.Refusal is not { } refusal)
        {
            return outcome.Done;
        }

        await (refusal == NotKnown
            ? UnavailableAsync(context, refusal)
            : Refusals.AnswerAsync(context, StatusOf(refusal), refusal));
        return null;
    }

    /// <summary>The same, with the refusal as a value: for whoever answers in a form of its own.</summary>
    /// <param name="key">A hash of who asked and their key, or null where nothing is remembered.</param>
    /// <param name="asked">A hash of what was asked for.</param>
    public async Task<PostOutcome> DecideAsync(
        Principal who, string? key, string asked, string target, Func<World, DateTimeOffset, Decision<Event>> decide, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        var book = journal();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var outcome = await book.CommitAsync(Decide, CommitClass.Essential, giveUp.Token).AsTask()
                .WaitAsync(CommitsWithin, time, cancellation);
            if (outcome.Refusal is { } refusal)
            {
                return new(null, refusal);
            }

            var before = key is null ? null : RequestDecisions.Find(book.State, at, key);
            return new(new(before?.Target ?? target, before is { } answered && answered.At != at), null);
        }
        catch (Exception fault) when (fault is JournalFailedException or TimeoutException)
        {
            // What has not been decided yet is not decided any more.
            await giveUp.CancelAsync();
            return new(null, NotKnown);
        }

        Decision<Event> Decide(World world) => key is null
            ? Known(world)
            : RequestDecisions.Once(world, at, key, asked, target, Known);

        // What somebody does not get to know of is not there for them, whatever names it: an address, a form or a body.
        Decision<Event> Known(World world) => who.Reach.IsLimited && decide(world.Within(who.Reach), at) is { Refusal: { } no } missing && IsMissing(no)
            ? missing
            : decide(world, at);
    }

    /// <summary>Before the journal has been read there is nothing to decide against.</summary>
    public static Task NotYetAsync(HttpContext context) => UnavailableAsync(context, NotYet);

    private static Task UnavailableAsync(HttpContext context, Refusal why)
    {
        context.Response.Headers.RetryAfter = "2";
        return Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, why);
    }

    private static bool IsMissing(Refusal refusal) => refusal.Code == "not_found" || refusal.Code.StartsWith("no_such_", StringComparison.Ordinal);

    /// <summary>400 is for what cannot be read, 422 for what was understood and is wrong.</summary>
    internal static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "no_such_incident" or "no_such_maintenance" or "no_such_update" or "no_such_subscriber" or "no_such_series" or "no_such_metric"
            or "no_such_import" or "not_found" => StatusCodes.Status404NotFound,
        "upload.offset" => StatusCodes.Status409Conflict,
        "version_changed" => StatusCodes.Status412PreconditionFailed,
        "journal.unavailable" or "notices.starting" => StatusCodes.Status503ServiceUnavailable,
        Reserve.DiskFull or "files.share" => StatusCodes.Status507InsufficientStorage,
        var code when code.StartsWith("access.", StringComparison.Ordinal) => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>Something is durable.</summary>
/// <param name="Target">The id of the incident or maintenance.</param>
/// <param name="Repeated">It had been done before under the same key, and nothing was done now.</param>
internal sealed record Posted(string Target, bool Repeated);

/// <summary>What came of something that was asked for: it is durable, or why not.</summary>
internal sealed record PostOutcome(Posted? Done, Refusal? Refusal);

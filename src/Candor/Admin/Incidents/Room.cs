using Candor.Access;
using Candor.Attachments;
using Candor.Effects;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.Pages;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary>What the pages for running incidents work with: the one desk that commits, what readers see, and who else is here.</summary>
/// <param name="watching">How many browsers have the public page open and hear of a word at once.</param>
internal sealed class Room(PostDesk posts, IBriefSource briefs, Func<int> watching, IRandomness randomness, TimeProvider time)
{
    /// <summary>At how many of the addresses at which readers get the page an update was read back; null where none is named.</summary>
    public Func<IncidentId, int, (int Read, int All)?> ReadBack { get; init; } = static (_, _) => null;

    /// <summary>What has been uploaded.</summary>
    public AttachmentDesk Attachments => posts.Attachments();

    public Presence Presence { get; } = new(time);

    public int Watching => watching();

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>As far as somebody gets to know it. Never waits; throws while the journal has not been read.</summary>
    public Brief Look(Principal who)
    {
        posts.MustHaveRead();
        var brief = briefs.Current();
        return brief with { World = brief.World.Within(who.Reach) };
    }

    public string NewId() => randomness.NextId();

    /// <summary>Commits what a person asked for in a form, once for each key of the form, and in the same commit that they did.</summary>
    public Task<PostOutcome> CommitAsync(
        Visit visit, Asking asking, Func<World, DateTimeOffset, Decision<Event>> decide) => posts.DecideAsync(
        visit.Who, asking.KeyOf(visit.Who), asking.Asked, asking.Target,
        (world, at) => Recorded(decide(world, at), at, visit, asking), visit.Cancellation);

    private static Decision<Event> Recorded(Decision<Event> decided, DateTimeOffset at, Visit visit, Asking asking) =>
        decided.Refusal is not null || decided.Events.Count == 0
            ? decided
            : Decision.Of<Event>(
            [
                .. decided.Events,
                new AuditRecorded(at, new(visit.Who.Actor), asking.Act, asking.Target)
                {
                    Address = ShortAddress.Of(visit.Context.Connection.RemoteIpAddress),
                },
            ]);
}

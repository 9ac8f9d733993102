using System.Globalization;
using Candor.Access;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Ledger;

/// <summary>Why something was not told, in a sentence that names the rule. What is a word of a receiver's or a channel's stays as it is.</summary>
internal static class LedgerWords
{
    public static string? Why(PieceState state, string? why, int? by) => (state, why) switch
    {
        (PieceState.Superseded, _) => $"told with update {by}",
        (PieceState.Expired, { } reason) => $"its time for trying was over; the last reason: {reason}",
        (PieceState.Suppressed, "dependency") => "a part that this one rests on explains it",
        (PieceState.Suppressed, "over_quickly") => "it was over within two minutes, and they had been told nothing of it",
        (PieceState.Suppressed, "removed") => "it was removed as a mistake, and they had been told nothing of it",
        (PieceState.Suppressed, "private") => "it is for some readers only by now",
        (PieceState.Suppressed, "unpublished") => "it is not published",
        (PieceState.Suppressed, "left") => "they have left",
        (PieceState.Suppressed, "bounced") => "their mailbox refuses mail",
        (PieceState.Suppressed, "gone") => "their address is no more",
        (PieceState.Suppressed, "complaint") => "they called a message unwanted",
        (PieceState.Suppressed, "settled") => "somebody had it in hand before it went out",
        (PieceState.Suppressed, "off_duty") => "they are reminded no more",
        (PieceState.Suppressed, "merged") => "they are told by the incident that this one goes on in",
        (PieceState.Suppressed, "nothing_left") => "nothing of that while was left to tell them",
        (PieceState.Sent, "together") => "in one notice with other things that were over for more than a day",
        (PieceState.Suppressed or PieceState.Sent or PieceState.Failed, "journal") => "known from the journal; the row was made anew",
        _ => why,
    };

    public static string Of(PieceState state) => state == PieceState.Pending ? "waits" : state.ToString().ToLowerInvariant();

    /// <summary>Rule 4, in one line.</summary>
    public static string Sum(Counts counts)
    {
        (int Number, string Word)[] kinds = [(counts.Superseded, "superseded"), (counts.Suppressed, "suppressed"), (counts.Expired, "expired")];
        var withheld = kinds.Where(static one => one.Number > 0).Select(static one => $"{Figure(one.Number)} {one.Word}").ToList();
        return $"{Figure(counts.Accepted)} accepted = {Figure(counts.Sent)} sent + {Figure(counts.Failed)} failed + {Figure(counts.Pending)} pending + {Figure(counts.Withheld)} withheld{(withheld.Count > 0 ? $" ({string.Join(", ", withheld)})" : "")}";
    }

    private static string Figure(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether there is such a topic as far as somebody knows the world. Digests and links are of the whole page and name its
    /// subscribers, so whoever is limited to components knows none.
    /// </summary>
    /// <param name="known">The world within that reach.</param>
    public static bool Knows(this World known, Reach reach, Topic topic) => topic switch
    {
        { Incident: { } incident } => known.Incidents.ContainsKey(incident),
        { Maintenance: { } maintenance } => known.Maintenances.ContainsKey(maintenance),
        { Schedule: { } planned } => known.Maintenances.ContainsKey(planned),
        { Reminder: { } about } => known.Knows(reach, about),
        { Subscription: { } subscription } => !reach.IsLimited && known.Subscribers.ContainsKey(subscription),
        _ => !reach.IsLimited && topic.Digest is not null,
    };

    /// <summary>What a topic is called, in English.</summary>
    public static string TitleOf(World world, Topic topic) => topic switch
    {
        { Incident: { } incident } => world.Incidents.GetValueOrDefault(incident)?.Title ?? topic.Value,
        { Maintenance: { } maintenance } => world.Maintenances.GetValueOrDefault(maintenance)?.Plan.Title ?? topic.Value,
        { Schedule: { } planned } => (world.Maintenances.GetValueOrDefault(planned)?.Plan.Title ?? topic.Value) + ": when it is",
        { Reminder: { } about } => "Reminder: " + TitleOf(world, about),
        { Digest: { } every } => every == DigestEvery.Hourly ? "Hourly digest" : "Daily digest",
        _ => "Their own link",
    };
}

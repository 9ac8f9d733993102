using System.Collections.Immutable;
using Candor.Journal;

namespace Candor.State.Incidents;

/// <summary>A file that belongs to words: the facts name it, its bytes lie beside the journal under their hash.</summary>
/// <param name="Hash">SHA-256 of the bytes as they are served, in lower-case hexadecimal.</param>
/// <param name="Name">What readers save it as: letters, digits, dots, strokes.</param>
/// <param name="Type">The media type that the bytes were found to have, never the sender's word.</param>
internal sealed record AttachedFile(string Hash, string Name, string Type, long Bytes)
{
    /// <summary>Of a picture, in pixels as it is shown; null for everything else.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>What a picture shows, for who does not see it; null where its author said nothing.</summary>
    public string? Alt { get; init; }

    public bool IsPicture => Width is not null;
}

/// <summary>One file of an update was a mistake: it is gone from every page, and the words stay.</summary>
internal sealed record FileRemoved(DateTimeOffset At, IncidentId Incident, int Seq, string Hash, Actor By) : Event(At);

/// <summary>What may hang on words, and how one file is taken away again.</summary>
internal static class AttachedFiles
{
    /// <summary>As many as one update may have.</summary>
    public const int OfUpdateMax = 8;

    /// <summary>As many as all updates of one incident may have.</summary>
    public const int OfIncidentMax = 40;

    public const int AltLimit = 500;

    /// <summary>Null where these may be added to what an incident has (null: a new one).</summary>
    public static Refusal? Against(Incident? incident, ImmutableArray<AttachedFile> files) => files switch
    {
        [] => null,
        { Length: > OfUpdateMax } =>
            new("too_many_files", $"{files.Length} files are attached; attach at most {OfUpdateMax} to one update.", "files"),
        _ when files.DistinctBy(static file => file.Hash).Count() < files.Length =>
            new("same_file", "The same file is attached twice; leave one out.", "files"),
        _ when incident?.Updates.Sum(static update => update.Files.Length) + files.Length > OfIncidentMax =>
            new("too_many_files", $"This incident would have more than {OfIncidentMax} files; remove some first.", "files"),
        _ => files.Any(static file => file.Alt?.Length > AltLimit)
            ? new("too_long", $"What a picture shows is said in at most {AltLimit} characters; shorten it.", "files")
            : null,
    };

    /// <summary>Takes one file away from an update. What is not there is gone already.</summary>
    public static Decision<Event> Remove(World world, DateTimeOffset at, Actor by, IncidentId id, int seq, string hash) =>
        world.Incidents.GetValueOrDefault(id) is { Removed: null } incident
            ? Refusing.Unnamed(by) is { } no ? no
            : seq >= 1 && seq <= incident.Updates.Length && incident.Updates[seq - 1].Files.Any(file => file.Hash == hash)
                ? new Event[] { new FileRemoved(at, id, seq, hash, by) }
                : Array.Empty<Event>()
            : new Refusal("no_such_incident", "There is no such incident any more.", "id");
}

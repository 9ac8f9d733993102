using Candor.Attachments;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Commands.Backups;

/// <summary>Whether the files that words name are there, and are what they were.</summary>
internal static class FileCheck
{
    private const string Missing = "is missing";
    private const string Damaged = "is damaged";

    /// <summary>The first that is not, as the end of a sentence; null where all are.</summary>
    /// <param name="folder">Where they lie by their hash.</param>
    public static string? Of(World world, string folder) => NamedIn(world)
        .Select(one => Read(one.File, folder).Fault is { } fault ? Say(one.Incident, one.File, fault) : null)
        .FirstOrDefault(static fault => fault is not null);

    /// <summary>What words name, each file once, in the order of the incidents.</summary>
    public static IEnumerable<(Incident Incident, AttachedFile File)> NamedIn(World world) => world.Incidents.Values
        .SelectMany(static incident => incident.Updates.SelectMany(static update => update.Files), static (incident, file) => (Incident: incident, File: file))
        .OrderBy(static one => one.Incident.CreatedAt).ThenBy(static one => one.File.Hash, StringComparer.Ordinal)
        .DistinctBy(static one => one.File.Hash);

    /// <summary>The bytes of a file, or what is wrong with it: what the journal says of it comes from elsewhere, and so may the file.</summary>
    public static (byte[]? Bytes, string? Fault) Read(AttachedFile file, string folder)
    {
        if (!FileStore.IsHash(file.Hash))
        {
            return (null, Damaged);
        }

        var path = new FileInfo(Path.Combine(folder, file.Hash));
        if (!path.Exists)
        {
            return (null, Missing);
        }

        try
        {
            return path.Length == file.Bytes && File.ReadAllBytes(path.FullName) is var bytes && FileStore.HashOf(bytes) == file.Hash
                ? (bytes, null)
                : (null, Damaged);
        }
        catch (FileNotFoundException)
        {
            return (null, Missing);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read ({fault.Message.TrimEnd('.')})");
        }
    }

    public static string Say(Incident incident, AttachedFile file, string fault) => $"“{file.Name}” ({file.Hash}) of incident {incident.Id} {fault}.";
}

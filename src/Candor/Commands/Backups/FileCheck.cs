using Candor.Attachments;
using Candor.State;

namespace Candor.Commands.Backups;

/// <summary>Whether the files that words name are there, and are what they were.</summary>
internal static class FileCheck
{
    /// <summary>The first that is not, as the end of a sentence; null where all are.</summary>
    /// <param name="folder">Where they lie by their hash.</param>
    public static string? Of(World world, string folder)
    {
        var named = world.Incidents.Values
            .SelectMany(static incident => incident.Updates.SelectMany(static update => update.Files), static (incident, file) => (incident, file))
            .OrderBy(static one => one.incident.CreatedAt).ThenBy(static one => one.file.Hash, StringComparer.Ordinal)
            .DistinctBy(static one => one.file.Hash);
        foreach (var (incident, file) in named)
        {
            var path = Path.Combine(folder, file.Hash);
            if (!File.Exists(path))
            {
                return $"“{file.Name}” ({file.Hash}) of incident {incident.Id} is missing.";
            }

            using var content = File.OpenRead(path);
            if (content.Length != file.Bytes || FileStore.HashOf(content) != file.Hash)
            {
                return $"“{file.Name}” ({file.Hash}) of incident {incident.Id} is damaged.";
            }
        }

        return null;
    }
}

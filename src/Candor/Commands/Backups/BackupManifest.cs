using System.Text.Json.Serialization;

namespace Candor.Commands.Backups;

/// <summary>The first entry of a backup: what it is, of when, and what every other entry must be.</summary>
/// <param name="Format">1; a reader refuses what it does not know.</param>
/// <param name="Events">Events in the journal, and with <paramref name="Head"/> the hash that seals them.</param>
internal sealed record BackupManifest(
    int Format, string Version, DateTimeOffset CreatedAt, long Events, string Head, IReadOnlyList<BackupEntry> Files)
{
    public const int CurrentFormat = 1;

    public const string EntryName = "candor-backup.json";

    /// <summary>Files that words name and that are not in it, each with what was wrong; null where all are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Without { get; init; }
}

/// <summary>One file of the data folder.</summary>
internal sealed record BackupEntry(string Name, long Bytes, string Sha256);

/// <summary>The manifest's JSON; on disk for ever: add members, never rename.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;

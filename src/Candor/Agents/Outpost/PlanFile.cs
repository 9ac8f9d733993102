using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Agents.Wire;
using Candor.Effects;

namespace Candor.Agents.Outpost;

/// <summary>
/// What the core asked for last, on the disk, so that an agent which is started anew while it is cut off goes on looking. The
/// secrets of its checks stand in it: only its owner may read it, it is used for this core and place alone, and it is gone once
/// the core has put the agent out.
/// </summary>
internal sealed class PlanFile(IDisk disk, string path, Identity identity)
{
    public const string FileName = "plan.json";
    private const string Unreadable = $"{FileName} cannot be read, so what to look at is known once the core answers.";
    private const int FileBytesMax = 8 * 1024 * 1024;

    /// <summary>The plan, or why there is none to go by; neither where there was none yet.</summary>
    public (Plan? Plan, string? Trouble) Load()
    {
        try
        {
            if (disk.Read(path, FileBytesMax) is not { } bytes)
            {
                return (null, null);
            }

            if (disk.IsOpenToOthers(path))
            {
                Forget();
                return (null, $"Others than its owner could read or write {FileName}, so it was deleted and is not gone by. The secrets of the checks here may be known to them.");
            }

            var kept = JsonSerializer.Deserialize(bytes, PlanFileJson.Default.KeptPlan);
            return kept is null || kept.Plan.Checks.Any(static check => check is null) ? (null, Unreadable)
                : kept.Server == identity.Server && kept.Place == identity.Place ? (kept.Plan, null) : (null, null);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, Unreadable);
        }
    }

    /// <summary>False where the disk did not take it.</summary>
    public bool Keep(Plan plan)
    {
        try
        {
            disk.Replace(path, JsonSerializer.SerializeToUtf8Bytes(new(identity.Server, identity.Place!, plan), PlanFileJson.Default.KeptPlan));
            return true;
        }
        catch (IOException)
        {
            // One of before would be gone by as if it were the last.
            Forget();
            return false;
        }
    }

    public void Forget() => disk.Delete(path);
}

/// <summary>Whose plan it is, and the plan.</summary>
internal sealed record KeptPlan(string Server, string Place, Plan Plan);

/// <summary>The storage format of plan.json.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(KeptPlan))]
internal sealed partial class PlanFileJson : JsonSerializerContext;

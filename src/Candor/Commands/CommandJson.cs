using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Commands.Doctor;
using Candor.Commands.Drills;
using Candor.Commands.Imports;
using Candor.Journal.Sqlite;
using Candor.Settings.Plans;

namespace Candor.Commands;

/// <summary>What commands print with --json. Scripts read it: add members, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CandorVersion))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(JournalReport))]
[JsonSerializable(typeof(SettingsReport))]
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(SimulationFigures))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(IReadOnlyList<PersonLine>))]
[JsonSerializable(typeof(IReadOnlyList<MemberLine>))]
[JsonSerializable(typeof(IReadOnlyList<TokenLine>))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <summary>For terminals and files, not for HTML: letters beyond ASCII stay letters.</summary>
    public static CommandJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<Health>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<PlanAct>(JsonNamingPolicy.SnakeCaseLower),
        },
    });
}

using System.Text.Json.Serialization;

namespace Candor.Commands.Drills.Rig;

/// <summary>One figure a line, for whoever gathers them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DrillFigure))]
internal sealed partial class DrillJson : JsonSerializerContext;

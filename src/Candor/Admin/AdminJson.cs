using System.Text.Json.Serialization;

namespace Candor.Admin;

/// <summary>What the script of these pages is answered with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Access.Factors.PasskeyQuestion))]
[JsonSerializable(typeof(Onward))]
internal sealed partial class AdminJson : JsonSerializerContext;

/// <param name="To">The page to go on to.</param>
internal sealed record Onward(string To);

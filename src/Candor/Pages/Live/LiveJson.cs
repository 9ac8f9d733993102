using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Pages.Live;

/// <summary>Something happened.</summary>
/// <param name="SpreadMs">Fetch at a random moment within this many milliseconds.</param>
/// <param name="Missed">The stream was interrupted: pages that are not listed may be new as well.</param>
internal sealed record LiveChanged(long Position, int SpreadMs, bool Missed, IReadOnlyList<LivePage> Pages);

/// <param name="Hash">Half a SHA-256 of the page, the first part of its ETag; null for a page that is gone.</param>
internal sealed record LivePage(string Path, string? Hash);

/// <summary>Nothing happened; the page was looked over at this moment.</summary>
internal sealed record LiveVerified(DateTimeOffset At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(MillisecondsConverter)])]
[JsonSerializable(typeof(LiveChanged))]
[JsonSerializable(typeof(LiveVerified))]
internal sealed partial class LiveJson : JsonSerializerContext;

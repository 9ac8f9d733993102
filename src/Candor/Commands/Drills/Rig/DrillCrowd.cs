using System.Text.Json;

namespace Candor.Commands.Drills.Rig;

/// <summary>Enters the subscribers of a drill, some thousand at a time.</summary>
internal static class DrillCrowd
{
    private const int AtOnce = 2_000;

    /// <summary>Domains that many readers share.</summary>
    public static string AddressOf(int number) => $"reader{number}@domain{number % 100}.example";

    /// <param name="component">The one that they want to hear of, by its id; null: all.</param>
    public static async Task SubscribeAsync(
        DrillServer server, string channel, IEnumerable<string> addresses, CancellationToken cancellation, string? component = null)
    {
        var only = component is null ? "" : $""","components":["{component}"]""";
        foreach (var some in addresses.Chunk(AtOnce))
        {
            var rows = some.Select(address => $$"""{"channel":"{{channel}}","address":"{{JsonEncodedText.Encode(address)}}"{{only}}}""");
            await server.MustAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', rows)}}]}""", cancellation);
        }
    }
}

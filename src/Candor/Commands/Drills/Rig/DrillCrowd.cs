using System.Text.Json;

namespace Candor.Commands.Drills.Rig;

/// <summary>Enters the subscribers of a drill, some thousand at a time.</summary>
internal static class DrillCrowd
{
    private const int AtOnce = 2_000;

    public static async Task SubscribeAsync(DrillServer server, string channel, IEnumerable<string> addresses, CancellationToken cancellation)
    {
        foreach (var some in addresses.Chunk(AtOnce))
        {
            var rows = some.Select(address => $$"""{"channel":"{{channel}}","address":"{{JsonEncodedText.Encode(address)}}"}""");
            await server.MustAsync(HttpMethod.Post, "/api/subscribers/batch", $$"""{"subscribers":[{{string.Join(',', rows)}}]}""", cancellation);
        }
    }
}

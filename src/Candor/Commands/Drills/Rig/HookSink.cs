using System.Collections.Concurrent;
using System.Text.Json;

namespace Candor.Commands.Drills.Rig;

/// <summary>A webhook that was taken: how long after it was said, and what it said.</summary>
internal sealed record TakenHook(string Path, string Notice, string Status, TimeSpan After);

/// <summary>Takes webhooks and notes how late each came.</summary>
internal sealed class HookSink(TimeProvider time)
{
    public ConcurrentQueue<TakenHook> Hooks { get; } = new();

    public async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var now = time.GetUtcNow();
        if (body.RootElement.TryGetProperty("incident", out var incident) && incident.ValueKind == JsonValueKind.Object)
        {
            var said = incident.GetProperty("incident_updates").EnumerateArray().Max(static update => update.GetProperty("created_at").GetDateTimeOffset());
            Hooks.Enqueue(new(
                context.Request.Path, body.RootElement.GetProperty("candor").GetProperty("notice").GetString()!,
                incident.GetProperty("status").GetString()!, now - said));
        }
    }
}

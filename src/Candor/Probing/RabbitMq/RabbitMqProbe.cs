using System.Globalization;
using System.Net;
using System.Text.Json;
using Candor.Effects;
using Candor.Probing.Http;

namespace Candor.Probing.RabbitMq;

/// <summary>Asks the management plugin for one queue: whether it is there and running, how deep, how old its head.</summary>
internal sealed class RabbitMqProbe(RabbitMqCheck check, TimeProvider time)
{
    private const int AnswerBytesMax = 256 * 1024;

    public static IProbe Open(RabbitMqCheck check, ProbeTools tools)
    {
        var queue = string.Create(
            CultureInfo.InvariantCulture,
            $"{check.Url.TrimEnd('/')}/api/queues/{Uri.EscapeDataString(check.VirtualHost)}/{Uri.EscapeDataString(check.Queue)}");
        var request = new HttpCheck(queue) { User = check.User, Password = check.Password, KeepRedirects = true };
        return new HttpProbe(request, tools, new RabbitMqProbe(check, tools.Time).JudgeAsync);
    }

    private async ValueTask<Finding> JudgeAsync(HttpResponseMessage response, Attempt attempt)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                break;
            case HttpStatusCode.NotFound:
                return Finding.Bad($"there is no queue “{check.Queue}”");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                // Not being let in says nothing about the queue.
                return Finding.None("the management plugin refuses the user and password of this check");
            default:
                return Finding.Bad(string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode}"));
        }

        var body = await BoundedBody.ReadAsync(response.Content, AnswerBytesMax, attempt.Token);
        try
        {
            using var queue = JsonDocument.Parse(body);
            return queue.RootElement.ValueKind == JsonValueKind.Object
                ? Judge(queue.RootElement, attempt)
                : Finding.Bad("answered something that is not a queue");
        }
        catch (JsonException)
        {
            return Finding.Bad("answered something that is not JSON");
        }
    }

    private Finding Judge(JsonElement queue, Attempt attempt)
    {
        if (queue.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String
            && state.GetString() is { } word and not ("running" or "idle" or "flow"))
        {
            return Finding.Bad($"the queue is {(word.Length > 40 ? "in an unknown state" : word)}");
        }

        if (Number(queue, "messages") is not { } depth)
        {
            return Finding.Bad("the answer does not say how many messages wait");
        }

        attempt.Measurements.Add(new("depth", depth, "messages"));
        if (depth >= check.DepthBelow)
        {
            return Finding.Slow(string.Create(
                CultureInfo.InvariantCulture, $"{depth:N0} messages wait, expected fewer than {check.DepthBelow:N0}"));
        }

        return check.AgeBelow is { } limit && depth > 0 ? JudgeAge(queue, limit, attempt) : Finding.Good;
    }

    private Finding JudgeAge(JsonElement queue, TimeSpan limit, Attempt attempt)
    {
        if (Number(queue, "head_message_timestamp") is not { } seconds)
        {
            return Finding.None("the age of the queue cannot be seen: its messages carry no timestamp");
        }

        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799));
        attempt.Measurements.Add(new("age", Math.Max(0, age.TotalSeconds), "s"));
        return age >= limit
            ? Finding.Slow($"the oldest message waits for {Explain.Seconds(age)}, expected less than {Explain.Seconds(limit)}")
            : Finding.Good;
    }

    private static long? Number(JsonElement queue, string name) =>
        queue.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}

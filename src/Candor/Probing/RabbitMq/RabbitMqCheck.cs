using System.Text.Json.Serialization;
using Candor.Effects;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.RabbitMq;

/// <summary>
/// <c>{ rabbitmq: "http://10.0.0.12:15672", queue: orders, depth_below: 1000, age_below: 60s }</c>: a queue, as the
/// management plugin tells of it.
/// </summary>
internal sealed record RabbitMqCheck(string Url) : ICheckOptions
{
    [JsonIgnore]
    public string Target => $"{Url.TrimEnd('/')} ({Queue})";

    public string VirtualHost { get; init; } = "/";

    public string Queue { get; init; } = "";

    /// <summary>Messages in the queue, ready or not yet acknowledged, from which on it is slow.</summary>
    public long? DepthBelow { get; init; }

    /// <summary>Age of the message at the head from which on it is slow; needs publishers that set a timestamp.</summary>
    public TimeSpan? AgeBelow { get; init; }

    public string? User { get; init; }

    /// <summary>A reference, <c>$NAME</c>.</summary>
    public string? Password { get; init; }

    IEnumerable<string?> ICheckOptions.MayNameSecrets => [Password];

    public static RabbitMqCheck? Read(Entry monitor, Faults faults)
    {
        var check = new RabbitMqCheck("")
        {
            VirtualHost = monitor.Value("vhost", Texts.UpTo(200), "/", faults),
            DepthBelow = monitor.Value<long?>("depth_below", Depth, null, faults),
            AgeBelow = monitor.Value<TimeSpan?>("age_below", Age, null, faults),
            User = monitor.Value<string?>("user", Texts.UpTo(200)!, null, faults),
            Password = monitor.Value<string?>("password", Secret.ReadWritten, null, faults),
        };
        var hasQueue = monitor.Required("queue", Texts.UpTo(255), faults, out var queue);
        return monitor.Required<string>("rabbitmq", ManagementUrl, faults, out var url) && hasQueue
            ? check with { Url = url, Queue = queue! }
            : null;
    }

    private static string? ManagementUrl(string text, out string? value)
    {
        var uri = WebAddress.Read(text, out var fault);
        value = uri?.AbsoluteUri;
        return uri is not null && uri.Query.Length == 0
            ? null
            : $"write the address of the management plugin, such as http://10.0.0.12:15672 ({fault})";
    }

    private static string? Depth(string text, out long? value)
    {
        var remedy = Numbers.Between(1L, 1_000_000_000L)(text, out var depth);
        value = depth;
        return remedy;
    }

    private static string? Age(string text, out TimeSpan? value)
    {
        var remedy = Durations.Between(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30))(text, out var age);
        value = age;
        return remedy;
    }
}

using System.Globalization;
using System.Text;

namespace Candor.Tests.Contracts;

/// <summary>A server that keeps what it is sent and gives it back, as well or as badly as a test says.</summary>
internal sealed class Notepad : IAsyncDisposable
{
    private readonly LocalListener listener;
    private readonly Lock gate = new();
    private readonly List<string> requests = [];
    private int under;

    public Notepad(Func<string, string, string, Answer> answer) => listener = new(async (stream, cancellation) =>
    {
        Interlocked.Increment(ref under);
        try
        {
            var head = await LocalListener.HeadAsync(stream, cancellation);
            var body = new byte[Length(head)];
            await stream.ReadExactlyAsync(body, cancellation);
            var (method, target) = (head.Split(' ')[0], head.Split(' ')[1]);
            Answer said;
            lock (gate)
            {
                MostAtOnce = Math.Max(MostAtOnce, under);
                requests.Add(head + Encoding.UTF8.GetString(body));
                said = answer(method, target, Encoding.UTF8.GetString(body));
            }

            await Task.Delay(said.After, cancellation);
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {said.Status} X\r\nContent-Length: {said.Body.Length}\r\n{said.Head}\r\n{said.Body}")),
                cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref under);
        }
    });

    public string Http => listener.Http;

    public int MostAtOnce { get; private set; }

    /// <summary>Each request, its head and its body.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public IEnumerable<string> Writes => Requests.Where(static one => !one.StartsWith("GET ", StringComparison.Ordinal));

    public IEnumerable<string> Reads => Requests.Where(static one => one.StartsWith("GET ", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private static int Length(string head) => head.Split("\r\n")
        .FirstOrDefault(static line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line.AsSpan(16), CultureInfo.InvariantCulture)
            : 0;

    internal sealed record Answer(int Status, string Body = "")
    {
        public TimeSpan After { get; init; }

        /// <summary>Further header lines, each with its end.</summary>
        public string Head { get; init; } = "";
    }
}

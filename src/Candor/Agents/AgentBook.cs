using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Effects;

namespace Candor.Agents;

/// <summary>
/// Which chunk of each key was taken last, on the disk before it is acknowledged: after a restart of the core no chunk counts
/// twice, but for one that was taken and not yet acknowledged when it died. Requests that arrive during a write share the next.
/// </summary>
internal sealed class AgentBook : IDisposable
{
    public const string FileName = "agents.json";
    private const long FileBytesMax = 8 << 20;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, AcceptedChunk> marks = new(StringComparer.Ordinal);
    private readonly SharedSave file;

    private AgentBook(IDisk disk, string path) =>
        file = new(disk, path, gate, () => JsonSerializer.SerializeToUtf8Bytes(marks, AgentBookJson.Default.SortedDictionaryStringAcceptedChunk));

    /// <summary>A file that cannot be read is begun anew: no more hangs on it than one chunk of each agent.</summary>
    public static AgentBook Load(IDisk disk, string path)
    {
        var book = new AgentBook(disk, path);
        try
        {
            if (disk.Read(path, FileBytesMax) is { } bytes)
            {
                foreach (var (place, mark) in JsonSerializer.Deserialize(bytes, AgentBookJson.Default.SortedDictionaryStringAcceptedChunk) ?? [])
                {
                    book.marks[place] = mark;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            book.marks.Clear();
        }

        return book;
    }

    public AcceptedChunk? Of(string place)
    {
        lock (gate)
        {
            return marks.GetValueOrDefault(place);
        }
    }

    /// <summary>Durable on return. Throws <see cref="IOException"/> where it could not be stored.</summary>
    public async Task KeepAsync(string place, AcceptedChunk mark, CancellationToken cancellation)
    {
        long mine;
        lock (gate)
        {
            marks[place] = mark;
            mine = file.Changed();
        }

        await file.SaveAsync(mine, cancellation);
    }

    public void Dispose() => file.Dispose();
}

/// <param name="Key">A hash of the agent's public key.</param>
internal sealed record AcceptedChunk(string Key, long Number);

/// <summary>The storage format of agents.json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SortedDictionary<string, AcceptedChunk>))]
internal sealed partial class AgentBookJson : JsonSerializerContext;

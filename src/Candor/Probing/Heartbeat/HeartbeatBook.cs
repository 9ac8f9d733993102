using System.Collections.Frozen;
using System.Text.Json;
using Candor.Effects;
using Candor.State;

namespace Candor.Probing.Heartbeat;

/// <summary>
/// What was heard of every job. A beat is acknowledged after it is on disk; beats that arrive during a write share the
/// next one. Ages run on the monotonic clock from the moment of loading, so a jump of the wall clock makes nobody late.
/// </summary>
internal sealed class HeartbeatBook : IDisposable
{
    private const long FileBytesMax = 64L << 20;
    private readonly IDisk disk;
    private readonly string path;
    private readonly HeartbeatTokens tokens;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly SharedSave saving;
    private readonly Dictionary<MonitorId, HeartbeatMarks> marks = [];
    private readonly long listeningSince;
    private readonly TimeSpan? deafAtLoad;
    private FrozenDictionary<string, MonitorId> byToken = FrozenDictionary<string, MonitorId>.Empty;

    /// <summary>A file that cannot be read is put aside: nothing heard is unknown, and nothing else stops because of it.</summary>
    public HeartbeatBook(IDisk disk, string path, HeartbeatTokens tokens, TimeProvider time)
    {
        (this.disk, this.path, this.tokens, this.time) = (disk, path, tokens, time);
        saving = new(disk, path, gate, Write);
        listeningSince = time.GetTimestamp();
        if (Load() is not { } file)
        {
            return;
        }

        var now = time.GetUtcNow();
        deafAtLoad = Age(now, file.HeardUntil);
        foreach (var (monitor, state) in file.Monitors)
        {
            marks[new(monitor)] = new(state, Age(now, state.OkAt), Age(now, state.StartedAt), Age(now, state.FailedAt), listeningSince);
        }
    }

    /// <summary>Why what was heard before is not known any more; null where it is.</summary>
    public string? Damage { get; private set; }

    /// <summary>Called after a beat was kept, to look at its monitor at once.</summary>
    public Action<MonitorId>? Heard { get; set; }

    /// <summary>The monitors that wait for a beat; any other token is unknown from now on.</summary>
    public void Expect(IEnumerable<MonitorId> monitors) =>
        byToken = monitors.ToFrozenDictionary(tokens.For, StringComparer.Ordinal);

    public string TokenOf(MonitorId monitor) => tokens.For(monitor);

    /// <summary>False for a token that nobody expects. Throws <see cref="IOException"/> where the beat could not be made durable.</summary>
    public async ValueTask<bool> TakeAsync(string token, Beat beat, CancellationToken cancellation)
    {
        if (!byToken.TryGetValue(token, out var monitor))
        {
            return false;
        }

        long mine;
        lock (gate)
        {
            var before = marks.GetValueOrDefault(monitor) ?? HeartbeatMarks.Nothing;
            marks[monitor] = before.With(beat, time.GetUtcNow(), time.GetTimestamp());
            mine = saving.Changed();
        }

        await saving.SaveAsync(mine, cancellation);
        Heard?.Invoke(monitor);
        return true;
    }

    /// <summary>Writes down that we are still listening; called now and then, and at the end.</summary>
    public ValueTask StillListeningAsync(CancellationToken cancellation)
    {
        long mine;
        lock (gate)
        {
            mine = saving.Changed();
        }

        // Outside: whoever asks for ages is not to wait for a disk.
        return saving.SaveAsync(mine, cancellation);
    }

    public HeartbeatAges AgesOf(MonitorId monitor)
    {
        lock (gate)
        {
            var mark = marks.GetValueOrDefault(monitor) ?? HeartbeatMarks.Nothing;
            var listening = time.GetElapsedTime(listeningSince);
            return new(
                mark.Ok?.Age(time), mark.Started?.Age(time), mark.Failed?.Age(time), mark.State.ExitCode, listening, deafAtLoad + listening);
        }
    }

    public HeartbeatState StateOf(MonitorId monitor)
    {
        lock (gate)
        {
            return (marks.GetValueOrDefault(monitor) ?? HeartbeatMarks.Nothing).State;
        }
    }

    public void Dispose() => saving.Dispose();

    /// <summary>Under the lock.</summary>
    private byte[] Write()
    {
        var states = new SortedDictionary<string, HeartbeatState>(StringComparer.Ordinal);
        foreach (var (monitor, mark) in marks)
        {
            states[monitor.Value] = mark.State;
        }

        return JsonSerializer.SerializeToUtf8Bytes(new(time.GetUtcNow(), states), HeartbeatJson.Default.HeartbeatFile);
    }

    private HeartbeatFile? Load()
    {
        var (file, damage) = SideFile.Load(disk, path, FileBytesMax, HeartbeatJson.Default.HeartbeatFile);
        Damage = damage;
        return file;
    }

    /// <summary>Never negative: a clock that was set back must not make a beat come from the future.</summary>
    private static TimeSpan Age(DateTimeOffset now, DateTimeOffset at) => now > at ? now - at : TimeSpan.Zero;

    private static TimeSpan? Age(DateTimeOffset now, DateTimeOffset? at) => at is { } known ? Age(now, known) : null;
}

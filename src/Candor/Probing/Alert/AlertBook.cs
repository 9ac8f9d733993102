using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.Effects;
using Candor.Probing.Heartbeat;
using Candor.State;
using Candor.Watching;

namespace Candor.Probing.Alert;

/// <summary>
/// What other tools told. A message is acknowledged after it is on disk; messages that arrive during a write share the next
/// one. What no monitor waits for is kept as well, and said to whoever operates this.
/// </summary>
internal sealed class AlertBook : IDisposable
{
    private const long FileBytesMax = 64L << 20;
    private const int FaultsKept = 20;
    private const string UnmappedKey = "alerts.unmapped";
    private const string FullKey = "alerts.full";

    private readonly IDisk disk;
    private readonly string path;
    private readonly HeartbeatTokens tokens;
    private readonly Func<string, string?> secrets;
    private readonly SelfLog self;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly SharedSave saving;
    private readonly Dictionary<AlertTool, HeartbeatMark> heard = [];
    private readonly Queue<AlertFault> faults = new();
    private AlertShelf shelf = AlertShelf.Empty;
    private volatile Expected expected = new([], []);

    /// <summary>Throws <see cref="IOException"/> where the file is there and cannot be read.</summary>
    public AlertBook(IDisk disk, string path, HeartbeatTokens tokens, Func<string, string?> secrets, SelfLog self, TimeProvider time)
    {
        (this.disk, this.path, this.tokens, this.secrets, this.self, this.time) = (disk, path, tokens, secrets, self, time);
        saving = new(disk, path, gate, () => JsonSerializer.SerializeToUtf8Bytes(shelf, AlertJson.Default.AlertShelf));
        shelf = Load();
        foreach (var tool in Enum.GetValues<AlertTool>())
        {
            if (shelf.HeardOf(tool) is { } at && time.GetUtcNow() - at is var ago)
            {
                // Never negative: a clock that was set back must not make a word come from the future.
                heard[tool] = new(ago > TimeSpan.Zero ? ago : TimeSpan.Zero, time.GetTimestamp());
            }
        }
    }

    /// <summary>Called after something was kept, to look at once at the monitors that it is about.</summary>
    public Action<MonitorId>? Heard { get; set; }

    /// <summary>Who may tell, and which monitors wait to be told; anybody else is unknown from now on.</summary>
    public void Expect(ImmutableArray<AlertSource> sources, IEnumerable<(MonitorId Monitor, AlertCheck Check)> monitors)
    {
        expected = new(sources, [.. monitors]);
        Say();
    }

    /// <summary>The monitors that wait for alerts, with what each of them means.</summary>
    public static IEnumerable<(MonitorId Monitor, AlertCheck Check)> WaitingAmong(IEnumerable<MonitorDefinition> monitors)
    {
        foreach (var monitor in monitors.Where(static monitor => monitor.Check.Kind == "alert"))
        {
            AlertCheck? check = null;
            try
            {
                check = JsonSerializer.Deserialize(monitor.Check.Options, CheckJson.Default.AlertCheck);
            }
            catch (JsonException)
            {
                // Written by another version; its probe says so.
            }

            if (check is not null)
            {
                yield return (monitor.Id, check);
            }
        }
    }

    public string TokenOf(AlertTool tool) => tokens.ForAlerts(tool);

    /// <summary>The tool that may come in with this token, with its secret revealed; null for anybody else.</summary>
    public AlertDoor? DoorOf(AlertTool tool, string token) =>
        expected.Sources.FirstOrDefault(source => source.Tool == tool) is { } source && IsSame(token, tokens.ForAlerts(tool))
            ? new(tool, source.Secret is not null, source.Secret is { } reference ? secrets(reference.TrimStart('$')) : null)
            : null;

    /// <summary>False for a signed message that was taken before. Throws <see cref="IOException"/> where it could not be made durable.</summary>
    public async ValueTask<bool> TakeAsync(
        AlertTool tool, IReadOnlyList<ToldAlert> told, SignedMessage? message, CancellationToken cancellation)
    {
        long mine;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (message is { } signed)
            {
                if (shelf.Taken.ContainsKey(signed.Hash))
                {
                    return false;
                }

                shelf = shelf.Marking(signed.Hash, now, signed.Window);
            }

            shelf = shelf.With(tool, told, now);
            heard[tool] = new(TimeSpan.Zero, time.GetTimestamp());
            mine = saving.Changed();
        }

        try
        {
            await saving.SaveAsync(mine, cancellation);
        }
        catch (Exception fault) when (message is not null && fault is IOException or OperationCanceledException)
        {
            // It was not acknowledged, so the sender may send it again.
            lock (gate)
            {
                shelf = shelf.Forgetting(message.Value.Hash);
            }

            throw;
        }

        Say();
        foreach (var (monitor, check) in expected.Monitors)
        {
            if (check.Tool is null || check.Tool == tool)
            {
                Heard?.Invoke(monitor);
            }
        }

        return true;
    }

    public AlertSight Look(AlertCheck check)
    {
        lock (gate)
        {
            var meant = shelf.Alerts.Where(one => check.Means(one.Tool, one.Labels)).ToList();
            TimeSpan? silent = null;
            foreach (var (tool, mark) in heard)
            {
                if ((check.Tool is null || check.Tool == tool) && mark.Age(time) is var age && !(silent <= age))
                {
                    silent = age;
                }
            }

            return new(
                meant.Count(static one => one.Status == AlertStatus.Firing), meant.Count(static one => one.Status == AlertStatus.Unseen), silent);
        }
    }

    /// <summary>A message was not taken. Said to operators, and forgotten with this process.</summary>
    public void Refused(AlertTool tool, string sentence)
    {
        lock (gate)
        {
            if (faults.Count == FaultsKept)
            {
                faults.Dequeue();
            }

            faults.Enqueue(new(tool, time.GetUtcNow(), sentence));
        }
    }

    /// <summary>The newest messages that were not taken, newest first.</summary>
    public IReadOnlyList<AlertFault> Faults
    {
        get
        {
            lock (gate)
            {
                return [.. faults.Reverse()];
            }
        }
    }

    /// <summary>The tools that are let in.</summary>
    public IReadOnlyList<AlertStanding> Standing
    {
        get
        {
            var known = shelf;
            return [.. expected.Sources.Select(source => new AlertStanding(
                source.Tool, known.HeardOf(source.Tool), source.Secret is { } reference && secrets(reference.TrimStart('$')) is not { Length: > 0 }))];
        }
    }

    /// <summary>The monitors that wait to be told.</summary>
    public IReadOnlyList<(MonitorId Monitor, AlertCheck Check)> Waiting => expected.Monitors;

    /// <summary>Everything that is kept, with the monitors that each is about; none: nobody waits for it.</summary>
    public IReadOnlyList<(KeptAlert Alert, ImmutableArray<MonitorId> Monitors)> All
    {
        get
        {
            ImmutableArray<KeptAlert> alerts;
            lock (gate)
            {
                alerts = shelf.Alerts;
            }

            var monitors = expected.Monitors;
            return [.. alerts.Select(one => (
                one, monitors.Where(wanted => wanted.Check.Means(one.Tool, one.Labels)).Select(static wanted => wanted.Monitor).ToImmutableArray()))];
        }
    }

    public void Dispose() => saving.Dispose();

    private static bool IsSame(string said, string known) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(known));

    private void Say()
    {
        var unmapped = All.Count(static one => one is { Alert.Status: AlertStatus.Firing, Monitors.IsEmpty: true });
        self.Set(
            UnmappedKey, Gravity.Private,
            unmapped == 0 ? null : $"{unmapped} firing {(unmapped == 1 ? "alert is" : "alerts are")} about no monitor; name their labels under “alert:” of one.",
            "GET /api/alerts?unmapped=true shows them with their labels.");
        DateTimeOffset? full;
        lock (gate)
        {
            full = shelf.FullSince;
        }

        self.Set(
            FullKey, Gravity.Private,
            full is null ? null : $"More than {AlertShelf.AlertsMax} alerts fire at once; the newest are not kept. Group them in the tool that sends them.");
    }

    private AlertShelf Load()
    {
        var (kept, damage) = SideFile.Load(disk, path, FileBytesMax, AlertJson.Default.AlertShelf);
        self.Set(
            "alerts:file", Gravity.Private, damage is null ? null : "What alerting tools had told was damaged; it is known again as they tell it.", damage);
        return kept ?? AlertShelf.Empty;
    }

    private sealed record Expected(ImmutableArray<AlertSource> Sources, ImmutableArray<(MonitorId Monitor, AlertCheck Check)> Monitors);
}

/// <summary>How a tool gets in.</summary>
/// <param name="NeedsSecret">The address alone is not enough.</param>
/// <param name="Secret">Null where none is needed, or where the environment does not have it: then nobody gets in.</param>
internal sealed record AlertDoor(AlertTool Tool, bool NeedsSecret, string? Secret);

/// <summary>A message that proves who sent it, and is good once.</summary>
/// <param name="Window">For how long before and after its time it is believed.</param>
internal readonly record struct SignedMessage(string Hash, TimeSpan Window);

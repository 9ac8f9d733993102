using System.Security.Cryptography;
using System.Text;
using Candor.Effects;
using Candor.State;

namespace Candor.Probing.Heartbeat;

/// <summary>
/// The secret part of a heartbeat's address, derived from the monitor's id with a key of this installation: nothing to
/// store per job, nothing in the journal, and the same address after a restart.
/// </summary>
internal sealed class HeartbeatTokens
{
    public const string FileName = "heartbeats.key";

    private const int KeyBytes = 32;
    private const int TokenBytes = 16;
    private readonly byte[] key;

    private HeartbeatTokens(byte[] key) => this.key = key;

    /// <summary>Null where no key has been made yet.</summary>
    public static HeartbeatTokens? Find(IDisk disk, string path) =>
        disk.Read(path, KeyBytes) is { Length: KeyBytes } known ? new(known) : null;

    /// <summary>Reads the key, or makes one. Throws <see cref="IOException"/> where it can be neither read nor written.</summary>
    public static HeartbeatTokens Load(IDisk disk, string path, IRandomness randomness)
    {
        if (Find(disk, path) is { } found)
        {
            return found;
        }

        var made = new byte[KeyBytes];
        randomness.Fill(made);
        disk.Replace(path, made);
        return new(made);
    }

    public string For(MonitorId monitor) => Derive(monitor.Value);

    /// <summary>The secret part of the address that one tool sends its alerts to. No monitor can have a slash in its id.</summary>
    public string ForAlerts(AlertTool tool) => Derive("alerts/" + tool.ToString().ToLowerInvariant());

    private string Derive(string from) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(from)).AsSpan(0, TokenBytes));
}

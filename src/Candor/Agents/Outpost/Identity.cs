using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Effects;

namespace Candor.Agents.Outpost;

/// <summary>Who an agent is: which core it belongs to, its place, and its key, in a file that only its owner may read.</summary>
/// <param name="PrivateKey">P-256, PKCS#8 in base64.</param>
internal sealed record Identity(string Server, string PrivateKey)
{
    public const string FileName = "agent.json";
    private const int FileBytesMax = 64 * 1024;

    /// <summary>Null until the core has let it in.</summary>
    public string? Place { get; init; }

    /// <summary>The key that is to follow, from before the core is asked until it has said so; whichever it knows is the right one.</summary>
    public string? NextKey { get; init; }

    public static Identity New(string server) => new(server, NewKey());

    public static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    /// <summary>Null where there is none. Throws <see cref="IOException"/> for a file that cannot be read or that others may read.</summary>
    public static Identity? Load(IDisk disk, string path)
    {
        if (disk.Read(path, FileBytesMax) is not { } bytes)
        {
            return null;
        }

        if (disk.IsOpenToOthers(path))
        {
            throw new IOException($"{path} holds this agent's key, and others than its owner may read or write it. Say `chmod 600 {path}` if nobody has; otherwise put the agent out and let it in anew.");
        }

        try
        {
            var identity = JsonSerializer.Deserialize(bytes, IdentityJson.Default.Identity)!;
            using var key = identity.OpenKey();
            return identity;
        }
        catch (Exception fault) when (fault is JsonException or CryptographicException or FormatException)
        {
            throw new IOException($"{path} cannot be read. Move it away and let the agent in anew with a code.", fault);
        }
    }

    public void Save(IDisk disk, string path) => disk.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, IdentityJson.Default.Identity));

    public ECDsa OpenKey() => Open(PrivateKey);

    public static ECDsa Open(string privateKey)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return key;
    }

    /// <summary>Without the key, so that no log ever has it.</summary>
    public override string ToString() => $"the agent of {Place ?? "no place yet"} at {Server}";
}

/// <summary>The storage format of agent.json.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Identity))]
internal sealed partial class IdentityJson : JsonSerializerContext;

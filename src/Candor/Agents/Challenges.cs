using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Agents;

/// <summary>
/// Lets each signed request in once, whatever an agent's clock says: it counts under a challenge that this process gave out.
/// A challenge needs no memory until it is used, so asking for many costs nothing; after a restart all of them are void.
/// </summary>
internal sealed class Challenges(IRandomness randomness, TimeProvider time)
{
    private const int NonceBytes = 16;
    private const int Bytes = sizeof(long) + NonceBytes + SHA256.HashSizeInBytes;
    private static readonly TimeSpan LastsFor = TimeSpan.FromHours(1);

    public static readonly Refusal Unknown = new("agent.challenge", "This challenge is unknown here or too old; ask for another one at /agent/v1/challenge.");

    private readonly Lock gate = new();
    private readonly Dictionary<string, Used> newest = new(StringComparer.Ordinal);
    private readonly byte[] key = Key(randomness);

    public string Make()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetElapsedTime(0).Ticks);
        randomness.Fill(bytes.Slice(sizeof(long), NonceBytes));
        HMACSHA256.HashData(key, bytes[..^SHA256.HashSizeInBytes], bytes[^SHA256.HashSizeInBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether it was made here and not too long ago; what may be held before a signature is looked at rests on it.</summary>
    public bool IsOurs(string challenge) => Read(challenge) is { } made && time.GetElapsedTime(0) - made <= LastsFor;

    /// <summary>Null where the request is new; asked once its signature was found genuine, and never for any other.</summary>
    /// <param name="key">The key that signed it: another key begins anew.</param>
    public Refusal? Take(string place, string key, string challenge, long count)
    {
        if (Read(challenge) is not { } made || time.GetElapsedTime(0) - made > LastsFor)
        {
            return Unknown;
        }

        lock (gate)
        {
            var before = newest.GetValueOrDefault(place);
            if (before is not null && before.Key == key && before.Challenge != challenge && made <= before.Made)
            {
                return new("agent.challenge", "A newer challenge was used since; ask for another one at /agent/v1/challenge.");
            }

            if (before is not null && before.Challenge == challenge && count <= before.Count)
            {
                return new("agent.replay", "This request was taken already: its count is not above the last one.");
            }

            newest[place] = new(key, challenge, made, count);
            return null;
        }
    }

    private TimeSpan? Read(string challenge)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (challenge.Length > Bytes * 2 || Base64Url.DecodeFromChars(challenge, bytes, out _, out var length) != OperationStatus.Done || length != Bytes)
        {
            return null;
        }

        HMACSHA256.HashData(key, bytes[..^SHA256.HashSizeInBytes], hash);
        return CryptographicOperations.FixedTimeEquals(hash, bytes[^SHA256.HashSizeInBytes..])
            ? new TimeSpan(BinaryPrimitives.ReadInt64BigEndian(bytes))
            : null;
    }

    private static byte[] Key(IRandomness randomness)
    {
        var bytes = new byte[32];
        randomness.Fill(bytes);
        return bytes;
    }

    private sealed record Used(string Key, string Challenge, TimeSpan Made, long Count);
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Candor.State;

namespace Candor.Notices.Streams;

/// <summary>
/// The name of a notice: a hash of who is told what, never of the attempt. The same notice tried twice, also by a queue
/// that was made anew, has the same name, so a receiver that compares names takes it once.
/// </summary>
internal static class NoticeKey
{
    private const int OnStackMost = 256;

    public static string Of(string channel, StreamKey stream, int from, int to) => Hash(
        CultureInfo.InvariantCulture, $"notice\n{channel}\n{stream.Subscriber}\n{stream.Topic}\n{from}\n{to}");

    /// <summary>Of one notice that tells several topics to the same person, in whatever order they came to it.</summary>
    public static string OfSeveral(string channel, IEnumerable<NoticeStream> streams) => Hash(string.Join('\n', streams
        .OrderBy(static stream => stream.Topic.Value, StringComparer.Ordinal)
        .Select(stream => Of(channel, stream.Key, stream.OldestPending!.Value.Seq, stream.NewestPending!.Value.Seq)).Prepend("several")));

    /// <summary>The thread of a notice that tells several topics: its own, for it goes on in none of theirs.</summary>
    public static string ThreadOfSeveral(string notice) => Hash("thread\n" + notice);

    /// <summary>The same for everything that one subscriber is told of one incident or maintenance.</summary>
    public static string ThreadOf(string channel, StreamKey stream)
    {
        var about = stream.Topic.Schedule is { } schedule ? Topic.Of(schedule) : stream.Topic;
        return Hash(CultureInfo.InvariantCulture, $"thread\n{channel}\n{stream.Subscriber}\n{about}");
    }

    /// <summary>Without a string of what is hashed: a crowd has two for each of its notices.</summary>
    private static string Hash(IFormatProvider culture, [InterpolatedStringHandlerArgument(nameof(culture))] ref DefaultInterpolatedStringHandler named)
    {
        var hash = Hash(named.Text);
        named.Clear();
        return hash;
    }

    private static string Hash(ReadOnlySpan<char> named)
    {
        var length = Encoding.UTF8.GetByteCount(named);
        Span<byte> bytes = length <= OnStackMost ? stackalloc byte[OnStackMost] : new byte[length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(named, bytes)], hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}

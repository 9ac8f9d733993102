using System.Globalization;
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
    public static string Of(string channel, StreamKey stream, int from, int to) => Hash(
        string.Create(CultureInfo.InvariantCulture, $"notice\n{channel}\n{stream.Subscriber}\n{stream.Topic}\n{from}\n{to}"));

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
        return Hash($"thread\n{channel}\n{stream.Subscriber}\n{about}");
    }

    private static string Hash(string named)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(named), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}

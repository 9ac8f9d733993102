using System.Security.Cryptography;
using System.Text;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Tests.Notices;

public sealed class NoticeKeyTests
{
    /// <summary>Receivers keep these names: another build that hashes anything else tells everybody twice.</summary>
    [Theory]
    [InlineData("incident:outage000000")]
    [InlineData("incident:Größe")]
    [InlineData("incident:a-name-that-is-far-too-long-for-the-place-on-the-stack-a-name-that-is-far-too-long-for-the-place-on-the-stack-a-name-that-is-far-too-long-for-the-place-on-the-stack-a-name-that-is-far-too-long-for-the-place-on-the-stack-a-name-that-is-far-too-long")]
    public void The_name_is_the_hash_of_who_is_told_what_to_the_byte(string topic)
    {
        var stream = new StreamKey(NoticeWorld.IdOf(7), new(topic));

        Assert.Equal(Hash($"notice\nemail\nsub000000007\n{topic}\n1\n12"), NoticeKey.Of("email", stream, 1, 12));
        Assert.Equal(Hash($"thread\nemail\nsub000000007\n{topic}"), NoticeKey.ThreadOf("email", stream));
        Assert.Equal(NoticeKey.ThreadOf("email", new(stream.Subscriber, new("maintenance:one"))), NoticeKey.ThreadOf("email", new(stream.Subscriber, new("schedule:one"))));
    }

    private static string Hash(string named) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(named))[..16]);
}

using System.Net;
using Candor.Admin;

namespace Candor.Tests.Admin;

public sealed class ShortAddressTests
{
    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void Of_an_address_only_the_network_is_kept(string whole, string kept) => Assert.Equal(kept, ShortAddress.Of(IPAddress.Parse(whole)));

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2::/64", "2001:db8:1::/48")]
    [InlineData("?", null)]
    [InlineData(null, null)]
    public void What_was_written_down_before_is_shortened_alike(string? written, string? kept) => Assert.Equal(kept, ShortAddress.Of(written));
}

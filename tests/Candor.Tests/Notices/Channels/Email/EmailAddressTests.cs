using Candor.Notices.Channels.Email;

namespace Candor.Tests.Notices.Channels.Email;

public sealed class EmailAddressTests
{
    private static readonly System.Buffers.SearchValues<char> Forbidden =
        System.Buffers.SearchValues.Create(" \r\n\0<>\"\\,;:()[]%!\u200b");

    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData(" Ada.Lovelace+status@EXAMPLE.com ", "ada.lovelace+status@example.com")]
    [InlineData("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("jürgen@example.com", "jürgen@example.com")]
    public void An_address_has_one_form(string written, string kept) =>
        Assert.Equal(kept, EmailAddress.Read(written)?.ToString());

    /// <summary>SEC-39: whatever could end a command, begin another, route elsewhere or be read in two ways.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@@example.com")]
    [InlineData("ada@evil.test@example.com")]
    [InlineData("\"ada\"@example.com")]
    [InlineData("\"a\r\nRCPT TO:<eve@evil.test>\"@example.com")]
    [InlineData("ada\r\nDATA@example.com")]
    [InlineData("ada\n@example.com")]
    [InlineData("ada@example.com\r\nBcc: eve@evil.test")]
    [InlineData("ada@exam\rple.com")]
    [InlineData("ada\0@example.com")]
    [InlineData("ada\t@example.com")]
    [InlineData("ada b@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("<ada@example.com>")]
    [InlineData("ada>@example.com")]
    [InlineData("ada@example.com> SIZE=1")]
    [InlineData("ada(comment)@example.com")]
    [InlineData("ada,eve@example.com")]
    [InlineData("ada;eve@example.com")]
    [InlineData("ada%evil.test@example.com")]
    [InlineData("evil.test!ada@example.com")]
    [InlineData("@evil.test:ada@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@2130706433.com.0x7f")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example-.com")]
    [InlineData("ada@exa mple.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada\u2028@example.com")]
    [InlineData("ada\u200b@example.com")]
    [InlineData("ada\u202e@example.com")]
    [InlineData("ada\ud800@example.com")]
    public void SEC_39_What_servers_could_read_in_two_ways_is_no_address(string written) => Assert.Null(EmailAddress.Read(written));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_local_part_has_a_length(int length, bool isGood) =>
        Assert.Equal(isGood, EmailAddress.Read(new string('a', length) + "@example.com") is not null);

    [Fact]
    public void A_local_part_beyond_ascii_is_counted_in_bytes() => Assert.Null(EmailAddress.Read(new string('ü', 33) + "@example.com"));

    [Theory]
    [InlineData("ada@example.com", false)]
    [InlineData("ada@bücher.example", false)]
    [InlineData("jürgen@example.com", true)]
    public void Only_a_local_part_beyond_ascii_needs_utf8(string written, bool needs) =>
        Assert.Equal(needs, EmailAddress.Read(written)!.Value.NeedsUtf8);

    [Fact]
    public void Whatever_passes_reads_the_same_again()
    {
        var random = new Random(4711);
        const string alphabet = "aZ0.+-_=~'\"@\\<>() \r\n\0ü\u200b%!:;,[]/*#&";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => alphabet[random.Next(alphabet.Length)])) + "@example.com";
            if (EmailAddress.Read(text) is { } address)
            {
                Assert.Equal(address, EmailAddress.Read(address.ToString()));
                Assert.Equal(-1, address.ToString().AsSpan().IndexOfAny(Forbidden));
            }
        }
    }
}

using Candor.Pages.AsOf;

namespace Candor.Tests.Pages.AsOf;

public sealed class PastLinksTests
{
    private static readonly DateTimeOffset At = new(2021, 2, 16, 10, 18, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("<a href=\"/\">", "<a href=\"/?at=2021-02-16T10:18Z\">")]
    [InlineData("<a href=\"/history#x\">", "<a href=\"/history?at=2021-02-16T10:18Z#x\">")]
    [InlineData("<a class=\"n\" href=\"/a\"><a href=\"/b\">", "<a class=\"n\" href=\"/a?at=2021-02-16T10:18Z\"><a href=\"/b?at=2021-02-16T10:18Z\">")]
    public void Links_of_ours_keep_the_instant(string before, string after) => Assert.Equal(after, PastLinks.Keep(before, At));

    [Theory]
    [InlineData("<a href=\"//example.com/\">")]
    [InlineData("<a href=\"https://example.com/\">")]
    [InlineData("<a href=\"#main\">")]
    [InlineData("<link href=\"/assets/candor-0.js\">")]
    [InlineData("<a href=\"/incidents/a?at=2020-01-01T00:00Z\">")]
    [InlineData("<a rel=\"bookmark\" href=\"/history\">")]
    [InlineData("<code>href=&quot;/history&quot;</code>")]
    [InlineData("<a href=\"")]
    public void Others_and_the_way_back_are_left_alone(string html) => Assert.Equal(html, PastLinks.Keep(html, At));
}

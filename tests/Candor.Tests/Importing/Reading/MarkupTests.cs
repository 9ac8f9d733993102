using Candor.Importing.Reading;

namespace Candor.Tests.Importing.Reading;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a&nbsp;&amp; b", "a & b")]
    [InlineData("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree")]
    [InlineData("See <a href=\"https://example.com/?a=1&amp;b=2\">this <b>page</b></a>.", "See [this **page**](https://example.com/?a=1&b=2).")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", "x")]
    [InlineData("<ul><li>a</li><li>b <em>c</em></li></ul>", "- a\n- b _c_")]
    [InlineData("<h2>Cause</h2><p>A cable</p>", "## Cause\n\nA cable")]
    [InlineData("a<script>alert(1)</script>b<!-- no -->c<style>p{}</style>", "abc")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("<p>never closed", "never closed")]
    [InlineData("<", "<")]
    [InlineData("<a href=", "<a href=")]
    public void Html_becomes_markdown(string html, string markdown) => Assert.Equal(markdown, Markup.ToMarkdown(html));

    [Theory]
    [InlineData("<")]
    [InlineData("<p>")]
    [InlineData("</a>")]
    [InlineData("<ul>")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("&")]
    [InlineData("<a href='")]
    public void A_megabyte_of_marks_takes_a_moment(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 1_000_000 / mark.Length));

        ThreadWork.IsBounded(TimeSpan.FromSeconds(2), () => Markup.ToMarkdown(text));
    }
}

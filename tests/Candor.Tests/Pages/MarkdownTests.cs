using Candor.Pages.Wording;

namespace Candor.Tests.Pages;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("plain", "<p>plain</p>\n")]
    [InlineData("one\ntwo", "<p>one<br />\ntwo</p>\n")]
    [InlineData("# Big", "<h4>Big</h4>\n")]
    [InlineData("**cannot** ~~can~~", "<p><strong>cannot</strong> <del>can</del></p>\n")]
    [InlineData("[us](https://example.com/a?b=c)", "<p><a href=\"https://example.com/a?b=c\" rel=\"nofollow noopener\">us</a></p>\n")]
    [InlineData("https://example.com/x", "<p><a href=\"https://example.com/x\" rel=\"nofollow noopener\">https://example.com/x</a></p>\n")]
    [InlineData("![alt *text*](https://example.com/x.png)", "<p>alt text</p>\n")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>\n")]
    [InlineData("[x](https://a.test/ \"title\")", "<p><a href=\"https://a.test/\" rel=\"nofollow noopener\">x</a></p>\n")]
    [InlineData("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n")]
    [InlineData("Überschwemmung 障害", "<p>Überschwemmung 障害</p>\n")]
    public void Markdown_becomes_this(string text, string html) => Assert.Equal(html, Markdown.ToHtml(text));

    [Fact]
    public void A_fence_keeps_nothing_but_its_text() =>
        Assert.Equal("<pre><code>x\n</code></pre>\n", Markdown.ToHtml("```bash onclick\nx\n```"));

    [Fact]
    public void A_line_of_dashes_or_stars_is_a_rule_not_a_reason_to_give_up() =>
        Assert.Equal($"<p><strong>a</strong></p>\n<hr />\n<hr />\n", Markdown.ToHtml($"**a**\n\n{new string('*', 60)}\n\n{new string('_', 60)}\n"));

    [Fact]
    public void What_is_too_long_is_cut_and_said_to_be()
    {
        var html = Markdown.ToHtml(new string('a', Markdown.CharactersMax + 1));

        Assert.Contains("(The text is longer than what is shown here.)", html, StringComparison.Ordinal);
        Assert.True(html.Length < Markdown.CharactersMax + 200);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("*a ")]
    [InlineData("**a **")]
    [InlineData("_a_*")]
    [InlineData("`")]
    [InlineData("`a``b")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("  - a\n")]
    [InlineData("| a ")]
    [InlineData("|a|\n|-|\n")]
    [InlineData("<a ")]
    [InlineData("<http://a")]
    [InlineData("&#")]
    [InlineData("[a]: b\n")]
    [InlineData("[a][b]")]
    [InlineData("~~a")]
    [InlineData("\\")]
    [InlineData("http://a.b/")]
    [InlineData("\t")]
    [InlineData("# ")]
    [InlineData("(((")]
    [InlineData("]](")]
    public void A_mebibyte_that_would_blow_up_does_not(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, (1 << 20) / unit.Length));
        ThreadWork.IsBounded(TimeSpan.FromMilliseconds(200), () => Markdown.ToHtml(text));
    }

    [Fact]
    public void Text_that_grows_line_by_line_does_not_either()
    {
        var text = string.Concat(Enumerable.Range(0, 1_500).Select(i => new string(' ', i % 700) + "- a\n"));
        ThreadWork.IsBounded(TimeSpan.FromMilliseconds(200), () => Markdown.ToHtml(text));
    }
}

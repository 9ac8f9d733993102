using Candor.Intake.Alerts;
using Candor.State;

namespace Candor.Tests.State;

public sealed class UnshownTests
{
    [Theory]
    [InlineData("title", "Mail is down\r\nBcc: x", "U+000D")]
    [InlineData("title", "Mail is \u202Enwod", "U+202E")]
    [InlineData("title", "Mail\u001b[31m", "U+001B")]
    [InlineData("body", "Mail\u001b[31m", "U+001B")]
    [InlineData("body", "We \u2066look", "U+2066")]
    public void What_is_not_shown_and_changes_what_is_shown_is_refused_by_its_name(string field, string text, string named)
    {
        var refusal = Refusing.Text(field, text, 1_000);

        Assert.Equal(("unshown", field), (refusal?.Code, refusal?.Field));
        Assert.Contains(named, refusal!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("We told \u2068Ada\u2069 of it.", "right behind “told”")]
    [InlineData("\u202EWe look.", "at its very beginning")]
    [InlineData("https://example.com/a/very/long/address\u200e\u2028next", "right behind “…")]
    public void Where_it_stands_is_said_by_what_can_be_seen(string text, string place) =>
        Assert.Contains(place, Refusing.Text("body", text, 1_000)!.Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData("title", "البريد معطّل 👩‍💻")]
    [InlineData("title", " Mail is down\n")]
    [InlineData("body", "One.\r\n\r\n\tTwo.")]
    public void What_people_write_is_taken(string field, string text) => Assert.Null(Refusing.Text(field, text, 1_000));

    [Fact]
    public void What_a_program_sends_is_made_one_line()
    {
        Assert.Equal("disk full  on a[1m", Unshown.Without("disk full\r\n\u202Eon a[1m"));
        Assert.Equal("disk full", AlertMessages.Name("disk\nfull"));
    }
}

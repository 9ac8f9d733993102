using Candor.Notices.Channels;
using Candor.Notices.Channels.Sms;
using Candor.State;

namespace Candor.Tests.Notices.Channels;

/// <summary>Each part of a text message is paid for, so parts are counted, and not characters.</summary>
public sealed class SmsFormTests
{
    private const string Url = "https://status.example.com/incidents/k2vx1abcdefg";

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('ß', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('€', 152, 2)]
    [InlineData('€', 153, 3)]
    [InlineData('„', 70, 1)]
    [InlineData('„', 71, 2)]
    [InlineData('„', 134, 2)]
    [InlineData('„', 135, 3)]
    [InlineData('ç', 71, 2)]
    public void Parts_are_counted_in_the_alphabet_that_they_need(char letter, int count, int parts) =>
        Assert.Equal(parts, SmsParts.Of(new string(letter, count)));

    [Fact]
    public void What_takes_two_places_is_not_torn_apart_by_the_end_of_a_part()
    {
        Assert.Equal(2, SmsParts.Of(string.Concat(Enumerable.Repeat("🦆", 66))));
        Assert.Equal(3, SmsParts.Of(string.Concat(Enumerable.Repeat("🦆", 67))));
        Assert.False(SmsParts.IsPlain("🦆"));
    }

    [Theory]
    [InlineData("Die Startseite", "behoben", "[Heron] Die Startseite: behoben " + Url)]
    [InlineData("Startseite „neu“", "behoben", "[Heron] Startseite „neu“: behoben " + Url)]
    public void What_fits_is_said_whole(string title, string state, string body) => Assert.Equal(body, Body(title, state));

    [Theory]
    [InlineData('x', 255, 2, "...")]
    [InlineData('ö', 255, 2, "...")]
    [InlineData('„', 255, 3, "…")]
    public void It_is_the_title_that_is_cut_and_never_the_state_or_the_link(char letter, int count, int parts, string dots)
    {
        var body = Body(new string(letter, count), "wird untersucht");

        Assert.StartsWith($"[Heron] {letter}{letter}", body, StringComparison.Ordinal);
        Assert.EndsWith($"{letter}{dots}: wird untersucht {Url}", body, StringComparison.Ordinal);
        Assert.Equal(parts, SmsParts.Of(body));
        Assert.Equal(parts + 1, SmsParts.Of(body.Replace(dots, $"{letter}{dots}", StringComparison.Ordinal)));
    }

    [Fact]
    public void How_late_it_is_stays_as_well()
    {
        var body = Body(new string('x', 255), "behoben", TimeSpan.FromMinutes(17));

        Assert.EndsWith($"x...: behoben (17 Min. verspätet) {Url}", body, StringComparison.Ordinal);
        Assert.Equal(2, SmsParts.Of(body));
    }

    [Fact]
    public void A_page_of_too_long_a_name_and_a_link_of_any_length_still_make_a_message()
    {
        Assert.EndsWith($"... {Url}", Body("Störung der Kasse", "behoben", page: new string('p', 400)), StringComparison.Ordinal);
        Assert.Equal("https://x.example/" + new string('u', 600), Body("Störung", "behoben", url: "https://x.example/" + new string('u', 600)));
    }

    private static string Body(string title, string state, TimeSpan? delay = null, string page = "Heron", string url = Url)
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return SmsForm.Of(
            new()
            {
                Key = "k", Thread = "t", Address = "+491",
                Words = new()
                {
                    Subject = $"[{page}] {title}: {state}", Text = "", Language = "de",
                    Facts = new()
                    {
                        PageId = "p1", PageName = page, Id = "i1", Title = title, Url = url, Status = "resolved", Impact = Impact.Critical,
                        StartedAt = at, CreatedAt = at, UpdatedAt = at, Delay = delay,
                    },
                },
            },
            "+49151").Last().Value;
    }
}

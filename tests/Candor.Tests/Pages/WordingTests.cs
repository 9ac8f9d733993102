using Candor.Languages;
using Candor.Pages.Html;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

public sealed class WordingTests
{
    private static readonly DateTimeOffset At = new(2024, 2, 29, 10, 55, 40, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(-5, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(12 * 60 + 59, "12 min")]
    [InlineData(3_600, "1h")]
    [InlineData(6 * 3_600 + 19 * 60 + 59, "6h 19m")]
    [InlineData(86_399, "23h 59m")]
    [InlineData(86_400, "1 day")]
    [InlineData(2 * 86_400 + 3 * 3_600 + 1, "2 days 3h")]
    public void Durations_are_said_as_people_say_them_and_never_rounded_up(int seconds, string words) =>
        Assert.Equal(words, Language.English.Spans.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(3, "just now")]
    [InlineData(12, "12 s ago")]
    [InlineData(3_600 * 5 + 1_200, "5h ago")]
    [InlineData(86_400 * 3, "3 days ago")]
    [InlineData(86_400 * 729, "729 days ago")]
    [InlineData(86_400 * 3287, "9 years ago")]
    public void Ages_have_one_unit(int seconds, string words) => Assert.Equal(words, Language.English.Spans.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("UTC", "Feb 29, 2024, 10:55 UTC")]
    [InlineData("Europe/Berlin", "Feb 29, 2024, 11:55 UTC+1")]
    [InlineData("America/New_York", "Feb 29, 2024, 5:55 AM UTC−5")]
    [InlineData("Asia/Kolkata", "Feb 29, 2024, 4:25 PM UTC+5:30")]
    [InlineData("Not/AZone", "Feb 29, 2024, 10:55 UTC")]
    public void Instants_are_told_in_the_zone_and_clock_of_the_page(string zone, string words) =>
        Assert.Equal(words, new PageClock(zone, Language.English).Exact(At));

    [Fact]
    public void Today_needs_no_date_and_any_other_day_has_its_year()
    {
        var clock = new PageClock("UTC", Language.English);

        Assert.Equal("10:55 UTC", clock.Short(At, At.AddHours(13)));
        Assert.Equal("Feb 29, 2024, 10:55 UTC", clock.Short(At, At.AddHours(14)));
    }

    [Theory]
    [InlineData(1, "affecting A, ")]
    [InlineData(2, "affecting A and B, ")]
    [InlineData(3, "affecting A and B and 1 more component, ")]
    [InlineData(5, "affecting A and B and 3 more components, ")]
    public void A_summary_names_two_components_and_counts_the_rest(int count, string words) =>
        Assert.Contains(words, SummaryOf(count, At.AddHours(6)), StringComparison.Ordinal);

    [Fact]
    public void A_summary_of_what_goes_on_says_so() =>
        Assert.Equal(
            "Netop is experiencing a critical incident since 10:55 UTC affecting A, lasting 12 min so far.",
            SummaryOf(1, resolvedAt: null));

    [Theory]
    [InlineData("#3451d1")]
    [InlineData("#ffff00")]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#777777")]
    [InlineData("red; } body { display: none")]
    public void An_accent_is_readable_in_both_schemes_whatever_was_asked_for(string asked)
    {
        var accent = Accent.From(asked);

        Assert.True(Accent.Contrast(accent.Light, "#ffffff") >= 4.5, accent.Light);
        Assert.True(Accent.Contrast(accent.Dark, "#0e1014") >= 4.5, accent.Dark);
    }

    [Fact]
    public void An_accent_that_passes_is_left_as_it_is() => Assert.Equal("#3451d1", Accent.From("#3451d1").Light);

    private static string SummaryOf(int components, DateTimeOffset? resolvedAt)
    {
        var names = Enumerable.Range(0, components).Select(i => ((char)('A' + i)).ToString()).ToList();
        var facts = new List<Event> { new PageConfigured(At, new("p", "Netop", "UTC")) };
        facts.AddRange(names.Select(name => new ComponentAdded(At, new(new(name), name, null, 0))));
        facts.Add(new IncidentOpened(At, new("i"), "T", At, false, true, "",
            [.. names.Select(name => new ComponentImpact(new(name), ComponentStatus.MajorOutage, At))]));
        if (resolvedAt is { } resolved)
        {
            facts.Add(new IncidentUpdated(resolved, new("i"), 2, IncidentStatus.Resolved, "", false, []));
        }

        var world = facts.Aggregate(World.Empty, World.Fold);
        return Summary.Of(world, world.Incidents[new("i")], new("UTC", Language.English), At.AddMinutes(12));
    }
}

using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Tests.Languages;

public sealed class LanguageTests
{
    private static readonly DateTimeOffset At = new(2024, 2, 29, 10, 55, 40, TimeSpan.Zero);

    private static readonly Language German = Language.German;

    [Theory]
    [InlineData(0, "0 Sek.")]
    [InlineData(59, "59 Sek.")]
    [InlineData(12 * 60 + 59, "12 Min.")]
    [InlineData(3_600, "1 Std.")]
    [InlineData(6 * 3_600 + 19 * 60 + 59, "6 Std. 19 Min.")]
    [InlineData(86_400, "1 Tag")]
    [InlineData(2 * 86_400 + 3 * 3_600 + 1, "2 Tage 3 Std.")]
    public void Durations_in_German(int seconds, string words) =>
        Assert.Equal(words, German.Spans.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(3, "gerade eben")]
    [InlineData(12, "vor 12 Sek.")]
    [InlineData(3_600 * 5 + 1_200, "vor 5 Std.")]
    [InlineData(86_400, "vor 1 Tag")]
    [InlineData(86_400 * 3, "vor 3 Tagen")]
    [InlineData(86_400 * 3287, "vor 9 Jahren")]
    public void Ages_in_German_are_bent_behind_their_preposition(int seconds, string words) =>
        Assert.Equal(words, German.Spans.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(2 * 86_400, "in 2 Tagen")]
    [InlineData(-180, "seit 3 Min. überfällig")]
    [InlineData(-2 * 86_400, "seit 2 Tagen überfällig")]
    public void What_is_due_in_German(int seconds, string words) =>
        Assert.Equal(words, German.Spans.Due(TimeSpan.FromSeconds(seconds)));

    /// <summary>Elsewhere than on pages it would be a letter that no text message has.</summary>
    [Fact]
    public void On_a_page_no_line_ends_between_a_number_and_its_unit() => Assert.All(Language.All, static language => Assert.All(
        new[] { 40, 720, 3_600, 22_740, 86_400, 2 * 86_400 + 10_800 },
        seconds =>
        {
            var (time, plain) = (TimeSpan.FromSeconds(seconds), language.Spans.Words(TimeSpan.FromSeconds(seconds)));
            Assert.DoesNotContain(' ', language.PageSpans.Words(time));
            Assert.Equal(plain, language.PageSpans.Words(time).Replace(Spans.NoBreak, ' '));
            Assert.DoesNotContain(Spans.NoBreak, plain);
        }));

    [Theory]
    [InlineData("Europe/Berlin", "29. Feb. 2024, 11:55 UTC+1")]
    [InlineData("America/New_York", "29. Feb. 2024, 05:55 UTC−5")]
    public void Instants_in_German_have_twenty_four_hours_in_every_zone(string zone, string words) =>
        Assert.Equal(words, new PageClock(zone, German).Exact(At));

    [Fact]
    public void Days_and_months_in_German()
    {
        Assert.Equal("29. Februar 2024", German.Dates.Day(new(2024, 2, 29)));
        Assert.Equal("März 2024", German.Dates.Month(new(2024, 3, 1)));
    }

    [Theory]
    [InlineData(1, "A")]
    [InlineData(2, "A und B")]
    [InlineData(3, "A, B und C")]
    [InlineData(5, "A, B und 3 weitere")]
    public void Names_in_German(int count, string words) => Assert.Equal(words, German.Lists.Names([.. Letters(count)]));

    [Theory]
    [InlineData(3, "A und B und 1 weitere Komponente")]
    [InlineData(5, "A und B und 3 weitere Komponenten")]
    public void What_is_left_over_is_counted_in_German(int count, string words) =>
        Assert.Equal(words, German.Lists.AndMore([.. Letters(count)]));

    [Theory]
    [InlineData(3, "A, B and C")]
    [InlineData(4, "A, B and 2 more")]
    public void Names_in_English(int count, string words) =>
        Assert.Equal(words, Language.English.Lists.Names([.. Letters(count)]));

    [Fact]
    public void Numbers_in_German_have_points_between_thousands_and_a_comma_before_decimals()
    {
        Assert.Equal("10.412", 10_412.ToString("N0", German.Numbers));
        Assert.Equal("99,95", 99.95m.ToString("0.00", German.Numbers));
        Assert.Equal("1,2 MB", German.Lists.Bytes(1_200_000));
    }

    [Fact]
    public void German_nouns_keep_their_capitals_within_a_sentence()
    {
        Assert.Equal("Ausfall", German.Names.Within(ComponentStatus.MajorOutage));
        Assert.Equal("beeinträchtigt", German.Names.Within(ComponentStatus.DegradedPerformance));
    }

    [Fact]
    public void No_two_states_share_a_name_in_any_language()
    {
        foreach (var names in Language.All.Select(static language => language.Names))
        {
            Unlike(Enum.GetValues<ComponentStatus>().Select(names.Of).Append(names.Unknown));
            Unlike(Enum.GetValues<IncidentStatus>().Select(names.Of).Concat([names.Removed, names.Merged, names.Update]));
            Unlike(Enum.GetValues<MaintenanceStatus>().Select(names.Of).Concat([names.Removed, names.CalledOff, names.Update]));
            Unlike(Enum.GetValues<Impact>().Select(names.Of));
        }
    }

    [Fact]
    public void A_tag_finds_its_language_and_none_or_a_later_one_finds_English()
    {
        Assert.All(Language.All, static language => Assert.Same(language, Language.Of(language.Tag)));
        Assert.Same(Language.English, Language.Of(null));
        Assert.Same(Language.English, Language.Of("tlh"));
    }

    [Fact]
    public void The_sentence_that_nobody_typed_it_is_taken_off_in_whichever_language_it_was_written()
    {
        Assert.All(Language.All, static language => Assert.Equal("A is down.", Language.Unsigned($"A is down.\n\n{language.Signature}")));
        Assert.Equal("A is down.", Language.Unsigned("A is down."));
    }

    private static IEnumerable<string> Letters(int count) => Enumerable.Range(0, count).Select(static i => ((char)('A' + i)).ToString());

    private static void Unlike(IEnumerable<string> names)
    {
        var all = names.ToList();
        Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
    }
}

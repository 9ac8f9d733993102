using System.Text;
using Candor.Importing;
using Candor.Importing.Text;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Tests.Importing.Text;

/// <summary>Whatever is pasted: an answer in bounded time, and a refusal that says what to give instead.</summary>
public sealed class HostileTextTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, Func<string>> Texts = new(StringComparer.Ordinal)
    {
        ["open tags"] = () => "<p>" + string.Concat(Enumerable.Repeat("<a href=\"", 340_000)),
        ["angle brackets"] = () => "<p>" + new string('<', 3_000_000),
        ["unclosed comments"] = () => "<p>" + string.Concat(Enumerable.Repeat("<!-- ", 600_000)),
        ["entities"] = () => "<p>" + string.Concat(Enumerable.Repeat("&amp", 750_000)),
        ["parentheses"] = () => "Slow\nThis incident affected: " + new string('(', 3_000_000),
        ["commas"] = () => "Slow\nThis incident affected: " + string.Concat(Enumerable.Repeat("a, ", 1_000_000)),
        ["digits"] = () => new string('1', 3_000_000),
        ["times"] = () => string.Concat(Enumerable.Repeat("10:00 - ", 375_000)),
        ["dates"] = () => string.Concat(Enumerable.Repeat("Feb 3, ", 430_000)),
        ["lines of dates"] = () => string.Concat(Enumerable.Repeat("Feb 3, 2026\n", 250_000)),
        ["empty lines"] = () => "Slow\n" + new string('\n', 3_000_000),
        ["headings"] = () => string.Concat(Enumerable.Repeat("Updates\n", 375_000)),
        ["lists of components"] = () => string.Concat(Enumerable.Repeat("Affected:\n", 300_000)),
        ["bold"] = () => new string('*', 3_000_000),
        ["spaces"] = () => "Slow" + new string(' ', 3_000_000) + "x",
        ["stops"] = () => string.Concat(Enumerable.Repeat("A. ", 1_000_000)),
        ["short codes"] = () => string.Concat(Enumerable.Repeat("{{< track ", 300_000)),
        ["intervals"] = () => "Affected:\nShop\n" + string.Concat(Enumerable.Repeat("Operational from 1:00 to 2:00, ", 90_000)),
        ["zones"] = () => string.Concat(Enumerable.Repeat("10:00 Europe/", 230_000)),
        ["labels"] = () => string.Concat(Enumerable.Repeat("Resolved\n", 330_000)),
        ["notes"] = () => string.Concat(Enumerable.Range(0, 100_000).Select(i => $"- {i / 60 % 24:00}:{i % 60:00} UTC: note {i}\n")),
    };

    public static TheoryData<string> Floods => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Floods))]
    public void Three_megabytes_of_anything_are_answered_soon(string what)
    {
        var text = Encoding.UTF8.GetBytes(Texts[what]());
        var stopping = TestContext.Current.CancellationToken;

        ThreadWork.IsBounded(Patience, () =>
        {
            var answer = ReportReader.Read(text, Told.Hints, stopping);
            Assert.True(answer.Content is not null ^ answer.Refusal is not null);
        });
    }

    [Fact]
    public void Ten_megabytes_are_refused_by_their_size() =>
        Refused(new byte[10 << 20], "has 10,240 KiB; a report has at most 4,096");

    [Fact]
    public void A_picture_is_refused() => Refused([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], "is not UTF-8");

    [Fact]
    public void Zero_bytes_are_refused() => Refused("Resolved\0"u8.ToArray(), "is not of a text");

    [Fact]
    public void Emptiness_is_refused() => Refused(" \n\t\n"u8.ToArray(), "is empty");

    [Fact]
    public void Json_is_sent_to_the_sources_that_read_it() => Refused("{\"page\": {}}"u8.ToArray(), "is JSON");

    [Fact]
    public void More_entries_than_an_incident_has_are_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 6_000).Select(i => $"Update\nPosted Feb 3, 2026 - 10:00 UTC\nNote {i}.\n"));

        Refused(Encoding.UTF8.GetBytes("Slow\nIncident Report for Heron\n" + text), "entries; an incident has at most 5,000");
    }

    [Fact]
    public void Markup_stays_words_that_the_page_will_not_run()
    {
        var incident = Told.Incident(
            "<h1>Slow</h1><p><small>Feb 3, 2026, 10:00 UTC</small><br><strong>Resolved</strong> - Over.<script>alert(1)</script> <a href='javascript:alert(1)'>x</a> &lt;img src=x onerror=alert(1)&gt;</p>");

        Assert.Equal("Over. [x](javascript:alert(1)) <img src=x onerror=alert(1)>", incident.Updates[0].Body);
    }

    [Fact]
    public void Reading_is_the_same_every_time()
    {
        const string text = "Slow\nIncident Report for Heron\nResolved\nOver since 10:15.\nPosted Feb 3, 2026 - 10:20 UTC\nInvestigating\nSlow from 09:00 to 10:15 UTC: errors.\nPosted Feb 3, 2026 - 09:10 UTC\n";

        var (first, second) = (Told.Incident(text), Told.Incident(text));
        Assert.Equal(first.Key, second.Key);
        Assert.Equal(first.Lines(), second.Lines());
        Assert.Equal(["2026-02-03 09:00/2026-02-03 10:15"], first.Down());
    }

    [Fact]
    public void Any_text_gets_an_answer_and_no_exception()
    {
        // Pieces of real layouts in any order, from a seed that a failure names.
        string[] pieces =
        [
            "Resolved", "Postmortem -", "Investigating\n", "Posted Feb 30, 2021 - 25:99 XYZ", "Feb 29, 10:00", "- 10:00:", "(", ")", "**", "# ", "Affected\n", "Updates\n",
            "7:09 PM to 4:59 AM", "Major outage from 7 PM", "This incident affected: ", "\n", "\n\n", " ", "---\n", "+++\n", "title: x\n", "<p>", "</p>", "{{<", ">}}", "Started about ", "an hour ago",
            "2021-02-16T10:00:00-99:99", "9999-12-31 23:59", "UTC+99", "12/12/12", "Incident Report for ", "0000-00-00", "Dec 31, 2099 - 23:59 UTC−12", "• ", "1. ", "[", "]", ".", ",", "–", "🦩", "e\u0301", "\u202E",
        ];
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                ReportReader.Read(text, Told.Hints, TestContext.Current.CancellationToken);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}: {fault}");
            }
        }
    }

    private static void Refused(byte[] bytes, string what)
    {
        var refusal = ReportReader.Read(bytes, Told.Hints, TestContext.Current.CancellationToken).Refusal!;

        Assert.Contains(what, refusal.What, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Remedy);
    }
}

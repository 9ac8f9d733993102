using System.Collections.Immutable;
using System.Text;
using Candor.Languages;
using Candor.State;
using Candor.Tests.Pages;
using Candor.Tests.Tidy;

namespace Candor.Tests.Languages;

/// <summary>What probes say is stored in English and told in the page's language.</summary>
public sealed class ReasonTests
{
    [Theory]
    [InlineData("connection refused", "Verbindung abgelehnt")]
    [InlineData("timed out after 5 s while connecting", "Zeitüberschreitung nach 5 s beim Verbinden")]
    [InlineData("timed out after 5 s", "Zeitüberschreitung nach 5 s")]
    [InlineData("answered 503", "Antwort 503")]
    [InlineData("answered SERVFAIL", "Antwort SERVFAIL")]
    [InlineData("512MiB free", "512 MiB frei")]
    [InlineData("1.5GiB free", "1,5 GiB frei")]
    [InlineData("answered 1.2.3.4, without “5.6.7.8”", "Antwort 1.2.3.4, ohne „5.6.7.8“")]
    [InlineData("answered after 3.1 s, expected within 2 s", "Antwort nach 3,1 s, erwartet innerhalb von 2 s")]
    [InlineData("10412 messages wait, expected fewer than 5000", "10.412 wartende Nachrichten, erwartet weniger als 5.000")]
    [InlineData("no heartbeat for 1h30m, expected every 5m", "kein Heartbeat seit 1 Std. 30 Min., erwartet alle 5 Min.")]
    [InlineData("no heartbeat for 3d, expected every 2d", "kein Heartbeat seit 3 Tagen, erwartet alle 2 Tage")]
    [InlineData("the job has been running for 45s, at most 500ms expected", "der Job läuft seit 45 Sek., erwartet höchstens 500ms")]
    [InlineData("certificate is not valid before 2026-03-01", "Zertifikat erst ab dem 1. März 2026 gültig")]
    [InlineData("our resolver 10.0.0.2 answered SERVFAIL for shop.example", "unser Resolver 10.0.0.2 antwortete SERVFAIL auf shop.example")]
    [InlineData("the name shop.example has no address", "der Name shop.example hat keine Adresse")]
    [InlineData("the job ended with code -1", "der Job endete mit Code -1")]
    [InlineData("writing failed: answered 507", "Schreiben fehlgeschlagen: Antwort 507")]
    [InlineData("reading back failed: connection reset", "Zurücklesen fehlgeschlagen: Verbindung zurückgesetzt")]
    [InlineData("$.state is “closed”, expected “open”", "$.state ist „closed“, erwartet „open“")]
    [InlineData("certificate expired 3 days ago", "Zertifikat vor 3 Tagen abgelaufen")]
    [InlineData("certificate expires in 3 days", "Zertifikat läuft in 3 Tagen ab")]
    [InlineData("certificate expires within a day", "Zertifikat läuft innerhalb eines Tages ab")]
    [InlineData("certificate is for a.example, b.example, not for c.example", "Zertifikat gilt für a.example, b.example, nicht für c.example")]
    [InlineData("the default gateway does not answer", "das Standard-Gateway antwortet nicht")]
    [InlineData("192.0.2.1:443 does not answer", "192.0.2.1:443 antwortet nicht")]
    [InlineData("1.1.1.1:443 does not answer", "1.1.1.1:443 antwortet nicht")]
    [InlineData("nothing has been heard from it", "von dort kommt keine Meldung")]
    [InlineData("the job ended with code 2", "der Job endete mit Code 2")]
    public void What_a_probe_says_in_German(string reason, string words)
    {
        Assert.Equal(words, Language.German.Reason(reason));
        Assert.Equal(reason, Language.English.Reason(reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("DISK CRITICAL - free space: / 0 MB")]
    [InlineData("Kasse steht")]
    [InlineData("answered ")]
    [InlineData("connection refused twice")]
    [InlineData("Only 3 licences free")]
    [InlineData("answered incorrectly by the bank")]
    [InlineData("The bank does not answer")]
    [InlineData("its default gateway does not answer")]
    [InlineData("greeted with silence")]
    [InlineData("timed out after the third attempt")]
    [InlineData("The bank has no good record")]
    [InlineData("The vault is “open”, expected “shut”")]
    [InlineData("the queue is full of old jobs")]
    [InlineData("certificate is not valid before noon")]
    [InlineData("no heartbeat for a while, expected every day")]
    [InlineData("several messages wait, expected fewer than usual")]
    public void What_others_say_stays_as_it_is(string reason) => Assert.Equal(reason, Language.German.Reason(reason));

    /// <summary>An alert or a plugin may say just what a probe would.</summary>
    [Theory]
    [InlineData("connection refused", "connection refused")]
    [InlineData("answered 503", "answered 503")]
    [InlineData("512MiB free", "512MiB free")]
    [InlineData("reported by an alert", "durch einen Alarm gemeldet")]
    [InlineData("check_disk gave no reason", "check_disk nannte keinen Grund")]
    public void What_an_alert_or_a_plugin_says_stays_and_what_stands_for_its_silence_does_not(string reason, string words)
    {
        Assert.Equal(words, Language.German.Reason(reason, isOthers: true));
        Assert.Equal(reason, Language.English.Reason(reason, isOthers: true));
    }

    [Theory]
    [InlineData("connection refused", "http", "Verbindung abgelehnt")]
    [InlineData("connection refused", "alert", "connection refused")]
    [InlineData("connection refused", "command", "connection refused")]
    [InlineData("connection refused", "alert http", "Verbindung abgelehnt")]
    [InlineData("answered 502", "alert http", "answered 502")]
    public async Task A_component_s_reason_is_translated_by_what_looks_at_it(string reason, string kinds, string words)
    {
        var at = SampleBriefs.Now.AddMinutes(-12);
        var id = new ComponentId("shop00000000");
        var monitors = kinds.Split(' ').Select(static kind => new MonitorId(kind)).ToImmutableArray();
        var brief = SampleBriefs.Read(
            [
                new PageConfigured(at, Page.Unconfigured with { Language = "de" }),
                .. monitors.SelectMany(monitor => new Event[]
                {
                    new MonitorAdded(at, new(monitor, new(monitor.Value, "shop", "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), JudgingRules.Default)),
                    new MonitorJudged(at, monitor, Verdict.Down, at, new(1, 1, 1, "connection refused", at)),
                }),
                new ComponentAdded(at, new(id, "Kasse", null, 0) { Monitors = monitors }),
                new ComponentStateChanged(at, id, at, new(ComponentStatus.MajorOutage), reason),
            ],
            SampleBriefs.Now);

        Assert.EndsWith($": {words}.", (await PrintedPage.Of(brief, "/")).Words(".why"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_probes_can_say_has_German_words()
    {
        var phrases = SourceTree.Files("src/Candor/Probing", ".cs").SelectMany(static file => Phrases(SourceTree.Read(file))).Distinct().ToList();

        Assert.True(phrases.Count > 40, $"Only {phrases.Count} phrases of probes were found.");
        phrases.Remove("certificate expires 7"); // the days are words: as below
        Assert.DoesNotContain(phrases, static phrase => Language.German.Reason(phrase) == phrase);
    }

    /// <summary>The texts of findings that something is bad or slow, with a 7 in each hole.</summary>
    private static IEnumerable<string> Phrases(string source)
    {
        foreach (var start in new[] { "Finding.Bad(", "Finding.Slow(" })
        {
            for (var at = source.IndexOf(start, StringComparison.Ordinal); at >= 0; at = source.IndexOf(start, at + 1, StringComparison.Ordinal))
            {
                foreach (var phrase in Literals(source, at + start.Length).Where(static phrase => phrase.Any(char.IsLetter)))
                {
                    yield return phrase;
                }
            }
        }
    }

    /// <summary>The string literals of one call, from behind its opening parenthesis to the one that closes it.</summary>
    private static List<string> Literals(string source, int at)
    {
        var (found, phrase, holes, parentheses) = (new List<string>(), (StringBuilder?)null, 0, 1);
        for (; parentheses > 0; at++)
        {
            var c = source[at];
            if (phrase is null)
            {
                phrase = c == '"' ? new() : null;
                parentheses += c switch { '(' => 1, ')' => -1, _ => 0 };
            }
            else if (c == '{' && holes++ == 0)
            {
                phrase.Append('7');
            }
            else if (c == '}')
            {
                holes--;
            }
            else if (c == '"' && holes == 0)
            {
                found.Add(phrase.ToString());
                phrase = null;
            }
            else if (holes == 0)
            {
                phrase.Append(c);
            }
        }

        return found;
    }
}

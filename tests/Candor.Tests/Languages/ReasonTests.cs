using System.Text;
using Candor.Languages;
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
    [InlineData("512MiB free", "512MiB frei")]
    [InlineData("answered 1.2.3.4, without “5.6.7.8”", "Antwort 1.2.3.4, ohne „5.6.7.8“")]
    [InlineData("answered after 3.1 s, expected within 2 s", "Antwort nach 3.1 s, erwartet innerhalb von 2 s")]
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
    public void What_others_say_stays_as_it_is(string reason) => Assert.Equal(reason, Language.German.Reason(reason));

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

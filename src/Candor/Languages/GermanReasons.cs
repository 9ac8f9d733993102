using System.Globalization;

namespace Candor.Languages;

/// <summary>
/// What probes say, in German. Probes say it in English wherever they run, and the journal keeps it so; what stands in a hole
/// is taken over, and a phrase that is not one of ours (an alert's, a plugin's) stays as it was written.
/// </summary>
internal static class GermanReasons
{
    private static readonly char[] Letters = ['B', 'K', 'M', 'G', 'T', 'i', 'k'];

    private static readonly GermanSpans Spans = new();

    /// <summary>What Candor says where an alert or a plugin says nothing itself.</summary>
    private static readonly Pattern[] ForOthers = [new("reported by an alert", "durch einen Alarm gemeldet"), new("{word} gave no reason", "{} nannte keinen Grund")];

    /// <summary>The first that fits is taken, so what says more stands above what says less.</summary>
    private static readonly Pattern[] Own =
    [
        .. new (string English, string German)[]
        {
            ("connection refused", "Verbindung abgelehnt"),
            ("connection reset", "Verbindung zurückgesetzt"),
            ("connection timed out", "Zeitüberschreitung beim Verbinden"),
            ("connection broke", "Verbindung abgebrochen"),
            ("host unreachable", "Host nicht erreichbar"),
            ("closed the connection too early", "Verbindung zu früh geschlossen"),
            ("timed out after {time} while connecting", "Zeitüberschreitung nach {} beim Verbinden"),
            ("timed out after {time} in the TLS handshake", "Zeitüberschreitung nach {} im TLS-Handshake"),
            ("timed out after {time} while sending its answer", "Zeitüberschreitung nach {} während der Antwort"),
            ("timed out after {time}", "Zeitüberschreitung nach {}"),
            ("our resolver did not answer within {time}", "unser Resolver antwortete nicht innerhalb von {}"),
            ("our resolver {place} does not answer", "unser Resolver {} antwortet nicht"),
            ("our resolver {place} cannot be asked", "unser Resolver {} lässt sich nicht fragen"),
            ("our resolver {place} answered {code} for {word}", "unser Resolver {} antwortete {} auf {}"),
            ("this machine has no resolver in /etc/resolv.conf", "dieser Rechner hat keinen Resolver in /etc/resolv.conf"),
            ("this machine has no default route", "dieser Rechner hat keine Standardroute"),
            ("the default gateway does not answer", "das Standard-Gateway antwortet nicht"),
            ("no resolver answers", "kein Resolver antwortet"),
            ("{place} does not answer", "{} antwortet nicht"),
            ("nothing has been heard from it", "von dort kommt keine Meldung"),
            ("its control targets have not been tried lately", "ihre Kontrollziele wurden zuletzt nicht geprüft"),
            ("more than half of what it watches failed at once", "mehr als die Hälfte des Überwachten fiel auf einmal aus"),
            ("it takes no events at the moment", "nimmt derzeit keine Ereignisse an"),
            ("no answer to a ping", "keine Antwort auf einen Ping"),
            ("no answer to {count} pings", "keine Antwort auf {} Pings"),
            ("TLS handshake failed", "TLS-Handshake fehlgeschlagen"),
            ("sent no certificate", "kein Zertifikat gesendet"),
            ("certificate expired today", "Zertifikat heute abgelaufen"),
            ("certificate expired 1 day ago", "Zertifikat vor 1 Tag abgelaufen"),
            ("certificate expired {count} days ago", "Zertifikat vor {} Tagen abgelaufen"),
            ("certificate expires within a day", "Zertifikat läuft innerhalb eines Tages ab"),
            ("certificate expires in 1 day", "Zertifikat läuft in 1 Tag ab"),
            ("certificate expires in {count} days", "Zertifikat läuft in {} Tagen ab"),
            ("certificate is not valid before {date}", "Zertifikat erst ab dem {} gültig"),
            ("certificate is for {}, not for {}", "Zertifikat gilt für {}, nicht für {}"),
            ("certificate is self-signed", "Zertifikat ist selbst signiert"),
            ("a certificate above its own has expired", "ein übergeordnetes Zertifikat ist abgelaufen"),
            ("certificate chain is incomplete or its root is not known here", "Zertifikatskette unvollständig oder ihre Wurzel hier nicht bekannt"),
            ("certificate is not trusted here", "Zertifikat hier nicht vertrauenswürdig"),
            ("redirects more than {count} times", "mehr als {} Weiterleitungen"),
            ("redirects to something that is not a web address", "Weiterleitung zu etwas, das keine Webadresse ist"),
            ("header {word} does not contain “{}”", "Header {} enthält nicht „{}“"),
            ("body does not contain “{}”", "Inhalt enthält nicht „{}“"),
            ("body contains “{}”", "Inhalt enthält „{}“"),
            ("body does not match “{}”", "Inhalt entspricht nicht „{}“"),
            ("body is not JSON, or nested too deeply", "Inhalt ist kein JSON oder zu tief verschachtelt"),
            ("body has no {}", "Inhalt ohne {}"),
            ("{word} is “{}”, expected “{}”", "{} ist „{}“, erwartet „{}“"),
            ("the answer is larger than {count} KiB", "Antwort größer als {} KiB"),
            ("the answer unfolds to more than {count} times its size", "Antwort wird ausgepackt mehr als {}-mal so groß"),
            ("its headers are larger than 64 KiB", "Header größer als 64 KiB"),
            ("its answer is not HTTP", "Antwort ist kein HTTP"),
            ("its answer cannot be read as HTTP", "Antwort nicht als HTTP lesbar"),
            ("its answer is not PostgreSQL", "Antwort ist kein PostgreSQL"),
            ("is starting up or shutting down", "startet gerade oder fährt herunter"),
            ("has no connection left", "keine Verbindung mehr frei"),
            ("has no such database", "Datenbank nicht vorhanden"),
            ("refuses connections ({word})", "lehnt Verbindungen ab ({})"),
            ("there is no queue “{}”", "keine Warteschlange „{}“"),
            ("the queue is in an unknown state", "Zustand der Warteschlange unbekannt"),
            ("the queue is {word}", "Zustand der Warteschlange: {}"),
            ("the answer does not say how many messages wait", "Antwort nennt die Zahl wartender Nachrichten nicht"),
            ("{count} messages wait, expected fewer than {count}", "{} wartende Nachrichten, erwartet weniger als {}"),
            ("the oldest message waits for {time}, expected less than {time}", "älteste Nachricht wartet seit {}, erwartet weniger als {}"),
            ("does not offer STARTTLS", "bietet kein STARTTLS an"),
            ("sent bytes between STARTTLS and the handshake", "sendete Daten zwischen STARTTLS und Handshake"),
            ("closed without saying “{}”", "Verbindung geschlossen ohne „{}“"),
            ("said 64 KiB without “{}”", "64 KiB empfangen ohne „{}“"),
            ("the name {word} does not exist", "der Name {} existiert nicht"),
            ("the name {word} has no address", "der Name {} hat keine Adresse"),
            ("{word} has no {word} record", "{} hat keinen {}-Eintrag"),
            ("the job reported a failure", "der Job meldete einen Fehler"),
            ("the job ended with code {count}", "der Job endete mit Code {}"),
            ("the job has been running for {bent}, at most {span} expected", "der Job läuft seit {}, erwartet höchstens {}"),
            ("no heartbeat for {bent}, expected every {span}", "kein Heartbeat seit {}, erwartet alle {}"),
            ("what was written did not come back within {time}", "Geschriebenes kam nicht innerhalb von {} zurück"),
            ("read an older value: a cache or a stale replica answered", "älterer Wert gelesen: ein Cache oder eine veraltete Replik antwortete"),
            ("came back after {time}, expected within {time}", "zurückgekommen nach {}, erwartet innerhalb von {}"),
            ("{size} free", "{} frei"),
            ("writing failed: {reason}", "Schreiben fehlgeschlagen: {}"),
            ("reading back failed: {reason}", "Zurücklesen fehlgeschlagen: {}"),
            ("answered after {time}, expected within {time}", "Antwort nach {}, erwartet innerhalb von {}"),
            ("answered something that cannot be read", "Antwort nicht lesbar"),
            ("answered something that is not a queue", "Antwort ist keine Warteschlange"),
            ("answered something that is not JSON", "Antwort ist kein JSON"),
            ("answered STARTTLS with {code}", "Antwort auf STARTTLS: {}"),
            ("answered EHLO with {code}", "Antwort auf EHLO: {}"),
            ("greeted with {code}", "Begrüßung mit {}"),
            ("answered {}, without “{}”", "Antwort {}, ohne „{}“"),
            ("answered {code}", "Antwort {}"),
        }.Select(static pair => new Pattern(pair.English, pair.German)),
    ];

    /// <param name="isOthers">It comes from an alert or a plugin, whose words stay whatever they look like.</param>
    public static string Of(string reason, bool isOthers)
    {
        foreach (var pattern in isOthers ? ForOthers : Own)
        {
            if (Holes(reason, pattern.English) is { } holes && holes.Zip(pattern.Shapes).All(static one => Fits(one.First, one.Second)))
            {
                var said = holes.Zip(pattern.Shapes, static (hole, shape) => Told(hole, shape));
                return pattern.German[0] + string.Concat(said.Zip(pattern.German.Skip(1), static (hole, literal) => hole + literal));
            }
        }

        return reason;
    }

    /// <summary>
    /// What may stand in a hole by its name. Phrases of few words need it: other people's sentences begin and end with the
    /// same ones, and half a translation is worse than none.
    /// </summary>
    private static bool Fits(string hole, string shape) => shape switch
    {
        "" or "reason" => true,
        "code" => char.IsAsciiDigit(hole[0]) || !hole.Any(static c => char.IsWhiteSpace(c) || char.IsLower(c)),
        "count" => hole.TrimStart('-').All(char.IsAsciiDigit),
        "date" => DateOf(hole) is not null,
        "place" => IsWord(hole) && hole.Any(static c => char.IsAsciiDigit(c) || c is '.' or ':'),
        "size" => IsWord(hole) && char.IsAsciiDigit(hole[0]) && hole[^1] == 'B',
        "bent" or "span" or "time" => char.IsAsciiDigit(hole[0]),
        "word" => IsWord(hole),
        _ => throw new System.Diagnostics.UnreachableException($"{shape} is no shape of a hole."),
    };

    /// <summary>What stands in a hole as German has it: "3,1 s", "512 MiB", "5 Min.", "10.412".</summary>
    private static string Told(string hole, string shape) => shape switch
    {
        "count" when long.TryParse(hole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) => count.ToString("N0", Language.German.Numbers),
        "date" when DateOf(hole) is { } date => Language.German.Dates.Short(new(date, default, TimeSpan.Zero)),
        "size" => hole.TrimEnd(Letters) is var number ? $"{number.Replace('.', ',')} {hole[number.Length..]}" : hole,
        "time" => hole.Replace('.', ','),
        "span" when SpanOf(hole) is { } span => Spans.Words(span),
        "bent" when SpanOf(hole) is { } span => Spans.Bent(span),

        // Only the reason of the half that failed is a phrase of its own.
        "reason" => Of(hole, isOthers: false),
        _ => hole,
    };

    private static bool IsWord(string hole) => !hole.Any(char.IsWhiteSpace);

    private static DateOnly? DateOf(string hole) =>
        DateOnly.TryParseExact(hole, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Of "5m" or "1h30m"; null for anything else, and for what is shorter than a second.</summary>
    private static TimeSpan? SpanOf(string hole)
    {
        var (sum, at) = (TimeSpan.Zero, 0);
        while (at < hole.Length)
        {
            var end = at;
            while (end < hole.Length && char.IsAsciiDigit(hole[end]))
            {
                end++;
            }

            if (end == hole.Length || !int.TryParse(hole.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return null;
            }

            TimeSpan? unit = hole[end] switch
            {
                'd' => TimeSpan.FromDays(1),
                'h' => TimeSpan.FromHours(1),
                'm' when end + 1 == hole.Length || hole[end + 1] != 's' => TimeSpan.FromMinutes(1),
                's' => TimeSpan.FromSeconds(1),
                _ => null,
            };
            if (unit is not { } one)
            {
                return null;
            }

            sum += count * one;
            at = end + 1;
        }

        return sum >= TimeSpan.FromSeconds(1) ? sum : null;
    }

    /// <summary>What stands between the literals; null where they are not those of the text.</summary>
    private static List<string>? Holes(string text, string[] literals)
    {
        if (!text.StartsWith(literals[0], StringComparison.Ordinal) || (literals.Length == 1 && text.Length != literals[0].Length))
        {
            return null;
        }

        var (holes, from) = (new List<string>(literals.Length), literals[0].Length);
        for (var i = 1; i < literals.Length; i++)
        {
            var end = i < literals.Length - 1 ? text.IndexOf(literals[i], from, StringComparison.Ordinal)
                : text.EndsWith(literals[i], StringComparison.Ordinal) ? text.Length - literals[i].Length
                : -1;
            if (end <= from)
            {
                return null;
            }

            holes.Add(text[from..end]);
            from = end + literals[i].Length;
        }

        return holes;
    }

    /// <summary>An English phrase with named holes, and the German one with as many in the same order.</summary>
    private sealed record Pattern
    {
        public Pattern(string english, string german)
        {
            var parts = english.Split('{', '}');
            English = [.. parts.Where(static (_, i) => i % 2 == 0)];
            Shapes = [.. parts.Where(static (_, i) => i % 2 != 0)];
            German = german.Split("{}");
        }

        public string[] English { get; }

        public string[] Shapes { get; }

        public string[] German { get; }
    }
}

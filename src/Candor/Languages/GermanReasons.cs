namespace Candor.Languages;

/// <summary>
/// What probes say, in German. Probes say it in English wherever they run, and the journal keeps it so; what stands in a hole
/// is taken over, and a phrase that is not one of ours (an alert's, a plugin's) stays as it was written.
/// </summary>
internal static class GermanReasons
{
    /// <summary>The first that fits is taken, so what says more stands above what says less.</summary>
    private static readonly (string[] English, Func<string, bool>[] Shapes, string[] German)[] Known =
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
            ("our resolver did not answer within {}", "unser Resolver antwortete nicht innerhalb von {}"),
            ("this machine has no default route", "dieser Rechner hat keine Standardroute"),
            ("the default gateway does not answer", "das Standard-Gateway antwortet nicht"),
            ("no resolver answers", "kein Resolver antwortet"),
            ("{place} does not answer", "{} antwortet nicht"),
            ("nothing has been heard from it", "von dort kommt keine Meldung"),
            ("its control targets have not been tried lately", "ihre Kontrollziele wurden zuletzt nicht geprüft"),
            ("more than half of what it watches failed at once", "mehr als die Hälfte des Überwachten fiel auf einmal aus"),
            ("no answer to a ping", "keine Antwort auf einen Ping"),
            ("no answer to {} pings", "keine Antwort auf {} Pings"),
            ("TLS handshake failed", "TLS-Handshake fehlgeschlagen"),
            ("sent no certificate", "kein Zertifikat gesendet"),
            ("certificate expired today", "Zertifikat heute abgelaufen"),
            ("certificate expired 1 day ago", "Zertifikat vor 1 Tag abgelaufen"),
            ("certificate expired {} days ago", "Zertifikat vor {} Tagen abgelaufen"),
            ("certificate expires within a day", "Zertifikat läuft innerhalb eines Tages ab"),
            ("certificate expires in 1 day", "Zertifikat läuft in 1 Tag ab"),
            ("certificate expires in {} days", "Zertifikat läuft in {} Tagen ab"),
            ("certificate is not valid before {}", "Zertifikat erst ab {} gültig"),
            ("certificate is for {}, not for {}", "Zertifikat gilt für {}, nicht für {}"),
            ("certificate is self-signed", "Zertifikat ist selbst signiert"),
            ("a certificate above its own has expired", "ein übergeordnetes Zertifikat ist abgelaufen"),
            ("certificate chain is incomplete or its root is not known here", "Zertifikatskette unvollständig oder ihre Wurzel hier nicht bekannt"),
            ("certificate is not trusted here", "Zertifikat hier nicht vertrauenswürdig"),
            ("redirects more than {} times", "mehr als {} Weiterleitungen"),
            ("header {} does not contain “{}”", "Header {} enthält nicht „{}“"),
            ("body does not contain “{}”", "Inhalt enthält nicht „{}“"),
            ("body contains “{}”", "Inhalt enthält „{}“"),
            ("body does not match “{}”", "Inhalt entspricht nicht „{}“"),
            ("body is not JSON, or nested too deeply", "Inhalt ist kein JSON oder zu tief verschachtelt"),
            ("body has no {}", "Inhalt ohne {}"),
            ("{word} is “{}”, expected “{}”", "{} ist „{}“, erwartet „{}“"),
            ("the answer is larger than {} KiB", "Antwort größer als {} KiB"),
            ("the answer unfolds to more than {} times its size", "Antwort wird ausgepackt mehr als {}-mal so groß"),
            ("its headers are larger than 64 KiB", "Header größer als 64 KiB"),
            ("its answer is not HTTP", "Antwort ist kein HTTP"),
            ("its answer cannot be read as HTTP", "Antwort nicht als HTTP lesbar"),
            ("its answer is not PostgreSQL", "Antwort ist kein PostgreSQL"),
            ("is starting up or shutting down", "startet gerade oder fährt herunter"),
            ("has no connection left", "keine Verbindung mehr frei"),
            ("has no such database", "Datenbank nicht vorhanden"),
            ("refuses connections ({})", "lehnt Verbindungen ab ({})"),
            ("there is no queue “{}”", "keine Warteschlange „{}“"),
            ("the queue is in an unknown state", "Zustand der Warteschlange unbekannt"),
            ("the queue is {}", "Zustand der Warteschlange: {}"),
            ("the answer does not say how many messages wait", "Antwort nennt die Zahl wartender Nachrichten nicht"),
            ("{} messages wait, expected fewer than {}", "{} wartende Nachrichten, erwartet weniger als {}"),
            ("the oldest message waits for {}, expected less than {}", "älteste Nachricht wartet seit {}, erwartet weniger als {}"),
            ("does not offer STARTTLS", "bietet kein STARTTLS an"),
            ("sent bytes between STARTTLS and the handshake", "sendete Daten zwischen STARTTLS und Handshake"),
            ("closed without saying “{}”", "Verbindung geschlossen ohne „{}“"),
            ("said 64 KiB without “{}”", "64 KiB empfangen ohne „{}“"),
            ("the name {word} does not exist", "der Name {} existiert nicht"),
            ("{word} has no {word} record", "{} hat keinen {}-Eintrag"),
            ("the job reported a failure", "der Job meldete einen Fehler"),
            ("the job ended with code {}", "der Job endete mit Code {}"),
            ("the job has been running for {}, at most {} expected", "der Job läuft seit {}, erwartet höchstens {}"),
            ("no heartbeat for {}, expected every {}", "kein Heartbeat seit {}, erwartet alle {}"),
            ("reported by an alert", "durch einen Alarm gemeldet"),
            ("what was written did not come back within {}", "Geschriebenes kam nicht innerhalb von {} zurück"),
            ("read an older value: a cache or a stale replica answered", "älterer Wert gelesen: ein Cache oder eine veraltete Replik antwortete"),
            ("came back after {}, expected within {}", "zurückgekommen nach {}, erwartet innerhalb von {}"),
            ("{size} free", "{} frei"),
            ("writing failed: {}", "Schreiben fehlgeschlagen: {}"),
            ("reading back failed: {}", "Zurücklesen fehlgeschlagen: {}"),
            ("answered after {}, expected within {}", "Antwort nach {}, erwartet innerhalb von {}"),
            ("answered something that cannot be read", "Antwort nicht lesbar"),
            ("answered something that is not a queue", "Antwort ist keine Warteschlange"),
            ("answered something that is not JSON", "Antwort ist kein JSON"),
            ("answered STARTTLS with {code}", "Antwort auf STARTTLS: {}"),
            ("answered EHLO with {code}", "Antwort auf EHLO: {}"),
            ("greeted with {code}", "Begrüßung mit {}"),
            ("answered {}, without “{}”", "Antwort {}, ohne „{}“"),
            ("answered {code}", "Antwort {}"),
        }.Select(static pair => (
            pair.English.Split('{', '}').Where(static (_, i) => i % 2 == 0).ToArray(),
            pair.English.Split('{', '}').Where(static (_, i) => i % 2 != 0).Select(ShapeOf).ToArray(),
            pair.German.Split("{}"))),
    ];

    public static string Of(string reason)
    {
        foreach (var (english, shapes, german) in Known)
        {
            if (Holes(reason, english) is { } holes && holes.Zip(shapes).All(static one => one.Second(one.First)))
            {
                // Only the reason of the half that failed is a phrase of its own.
                var said = english[0].EndsWith("failed: ", StringComparison.Ordinal) ? holes.ConvertAll(Of) : holes;
                return german[0] + string.Concat(said.Zip(german.Skip(1), static (hole, literal) => hole + literal));
            }
        }

        return reason;
    }

    /// <summary>
    /// What may stand in a hole by its name. Phrases of few words need it: other people's sentences begin and end with the
    /// same ones, and half a translation is worse than none.
    /// </summary>
    private static Func<string, bool> ShapeOf(string name) => name switch
    {
        "" => static _ => true,
        "code" => static hole => char.IsAsciiDigit(hole[0]) || !hole.Any(static c => char.IsWhiteSpace(c) || char.IsLower(c)),
        "place" => static hole => IsWord(hole) && hole.Any(static c => char.IsAsciiDigit(c) || c is '.' or ':'),
        "size" => static hole => IsWord(hole) && char.IsAsciiDigit(hole[0]) && hole[^1] == 'B',
        "time" => static hole => char.IsAsciiDigit(hole[0]),
        "word" => IsWord,
        _ => throw new System.Diagnostics.UnreachableException($"{name} is no shape of a hole."),
    };

    private static bool IsWord(string hole) => !hole.Any(char.IsWhiteSpace);

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
}

using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.CState;

/// <summary>
/// Updates are paragraphs that end in a time, <c>{{&lt; track "2018-05-13 16:50:00" &gt;}}</c>, newest first, and begin with a
/// word in emphasis: <c>*Resolved* - text</c>. Paragraphs without a time belong to the one above.
/// </summary>
internal static class CStateUpdates
{
    public static ImmutableArray<ImportedUpdate> Read(string body, DateTimeOffset? began, TimeZoneInfo? zone)
    {
        var updates = new List<(DateTimeOffset? At, string Text)>();
        foreach (var paragraph in SourceText.Body(body).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var opens = paragraph.IndexOf("{{<", StringComparison.Ordinal);
            var closes = opens < 0 ? -1 : paragraph.IndexOf(">}}", opens, StringComparison.Ordinal);
            var code = closes < 0 ? "" : paragraph[(opens + 3)..closes].Trim();
            var at = code.StartsWith("track", StringComparison.Ordinal) ? SourceTimes.Read(code[5..].Trim(' ', '"', '\''), zone) : null;
            var text = at is null ? paragraph.Trim() : (paragraph[..opens] + paragraph[(closes + 3)..]).Trim();
            if (at is null && updates.Count > 0)
            {
                updates[^1] = (updates[^1].At, updates[^1].Text + "\n\n" + text);
            }
            else if (text.Length > 0)
            {
                updates.Add((at, text));
            }
        }

        return [.. Chronicle.OldestFirst(updates, u => u.At ?? began).Select(u => Made(u.At ?? began, u.Text))];
    }

    private static ImportedUpdate Made(DateTimeOffset? at, string text)
    {
        var marks = text.AsSpan().IndexOfAnyExcept('*', '_');
        var ends = marks is 1 or 2 ? text.AsSpan(marks).IndexOfAny('*', '_') + marks : -1;
        if (ends <= marks || ends - marks > 30 || StatusWords.Incident(text[marks..ends]) is not { } status)
        {
            return new(at, null, text);
        }

        return new(at, status, text[ends..].TrimStart('*', '_', ' ', '-', '–', '—', ':'));
    }
}

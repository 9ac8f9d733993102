using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.Text;

/// <summary>Finds the stretches of trouble that a text bounds in words: "from 13:28–21:15 UTC", "starting at 9:54 UTC, ending at 9:57 UTC".</summary>
internal static class Spans
{
    private const int SpansMax = 200;
    private const int JointMax = 40;
    private const int BeforeMax = 80;

    private static readonly string[] Joints = ["-", "–", "—", "to", "until", "till", "through", "and", "ending at", "ended at", "ending", "and ended at", "and ending at"];

    private static readonly string[] Trouble =
    [
        "downtime", "outage", "down ", "unavailab", "error", "fail", "degrad", "disrupt", "impact", "affected", "elevated", "unable", "intermittent", "404", "lasted",
        "slow", "latency", "delay", "experienc", "starting at", "timeouts", "could not", "not working", "happened", "occurred", "took place",
    ];

    private static readonly string[] Otherwise = ["will ", "scheduled", "planned", "maintenance window", "success", "recover", "we monitored"];

    /// <summary>Pairs of times in sentences that speak of trouble; not in items that speak of one service among many.</summary>
    public static IEnumerable<(Stamp From, Stamp Until)> In(IEnumerable<string> sentences)
    {
        var count = 0;
        foreach (var sentence in sentences)
        {
            if (!Speaks(sentence, Trouble) || IsOfOneService(sentence) || IsNote(sentence))
            {
                continue;
            }

            foreach (var pair in Speaks(sentence, Otherwise) ? [] : Pairs(sentence).Take(SpansMax - count))
            {
                count++;
                yield return pair;
            }
        }
    }

    /// <summary>Stretches that touch or overlap are one; in order of time.</summary>
    public static IEnumerable<Downtime> Merge(IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> stretches)
    {
        Downtime? open = null;
        foreach (var (from, until) in stretches.Where(stretch => stretch.Until > stretch.From).OrderBy(stretch => stretch.From))
        {
            if (open is { Ended: { } ended } last && from <= ended)
            {
                open = last with { Ended = until > ended ? until : ended };
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = new(from, until);
        }

        if (open is { } rest)
        {
            yield return rest;
        }
    }

    public static IEnumerable<(Stamp From, Stamp Until)> Pairs(string sentence)
    {
        (int End, Stamp Stamp)? before = null;
        foreach (var (at, end, stamp) in StampScanner.All(sentence))
        {
            if (before is { Stamp.Clock: not null } first && stamp.Clock is not null && at - first.End <= JointMax && Joins(sentence[first.End..at], sentence[Math.Max(0, first.End - BeforeMax)..first.End]))
            {
                var zone = first.Stamp.Zone ?? stamp.Zone;
                yield return (Dated(first.Stamp, stamp) with { Zone = zone }, stamp with { Zone = stamp.Zone ?? zone });
                before = null;
                continue;
            }

            before = (end, stamp);
        }
    }

    // "Between 13:00 and 15:32 on 5 February": the day stands behind the second.
    private static Stamp Dated(Stamp first, Stamp second) =>
        first.HasDate || !second.HasDate ? first : first with { Year = second.Year, Month = second.Month, Day = second.Day };

    private static bool Joins(string between, string before)
    {
        var joint = between.Trim(' ', ',', '(', ')', '*', '~').ToLowerInvariant();
        joint = joint.EndsWith(" about", StringComparison.Ordinal) ? joint[..^6] : joint.EndsWith(" approximately", StringComparison.Ordinal) ? joint[..^14] : joint;
        return Array.IndexOf(Joints, joint) >= 0 && (joint != "and" || before.Contains("between", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Speaks(string sentence, string[] words) =>
        Array.Exists(words, word => sentence.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>"- 11:32–13:05 The team looked into it": how long somebody was at work, not how long it was down.</summary>
    private static bool IsNote(string sentence)
    {
        var text = sentence.AsSpan().TrimStart();
        var mark = text is ['|', ..] ? 1 : Markup.ItemMark(text);
        return mark > 0 && text[mark..].TrimStart() is [>= '0' and <= '9', ..];
    }

    private static bool IsOfOneService(string sentence)
    {
        var item = Markup.ItemMark(sentence.AsSpan().TrimStart());
        var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        return item > 0 && colon is > 0 and < 120;
    }
}

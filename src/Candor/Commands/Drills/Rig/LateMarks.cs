using Candor.Notices.Rules;

namespace Candor.Commands.Drills.Rig;

/// <summary>Whether mails say that they come late exactly where they do, as far as it can be told from outside.</summary>
/// <param name="Late">Mails that were surely late.</param>
/// <param name="Unmarked">Those of them that do not say so.</param>
/// <param name="Wrong">Mails that say so and surely were not.</param>
internal readonly record struct LateMarks(int Late, int Unmarked, int Wrong)
{
    /// <summary>Between looking at the clock and the sink's having the mail.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    /// <param name="mails">As they were taken.</param>
    /// <param name="words">When each word was known to be published, ascending.</param>
    public static LateMarks Of(IEnumerable<TakenMail> mails, IReadOnlyList<DateTimeOffset> words)
    {
        var marks = default(LateMarks);
        foreach (var reader in mails.GroupBy(static one => one.Recipient, StringComparer.OrdinalIgnoreCase))
        {
            var before = DateTimeOffset.MinValue;
            foreach (var mail in reader.OrderBy(static one => one.At))
            {
                // What they had not been told by their mail before this one waits since then or longer.
                var isLate = words.Any(said => said > before && mail.At - said > Lateness.After + OnTheWay);
                var isFresh = words.Count > 0 && mail.At - words[0] <= Lateness.After - OnTheWay;
                marks = new(
                    marks.Late + (isLate ? 1 : 0), marks.Unmarked + (isLate && !mail.IsMarkedLate ? 1 : 0), marks.Wrong + (isFresh && mail.IsMarkedLate ? 1 : 0));
                before = mail.At;
            }
        }

        return marks;
    }
}

using Candor.Settings.Forms;

namespace Candor.Probing.Alert;

/// <summary>
/// From what was told to a finding; pure. Tools tell of trouble and of its end, and otherwise nothing: while nothing fires
/// that is all there is to know, unless the owner says how long a tool may be silent.
/// </summary>
internal static class AlertRules
{
    private const string ReaderWords = "reported by an alert";

    public static Finding Judge(AlertCheck check, AlertSight sight)
    {
        if (sight.Silent > check.HeardWithin)
        {
            return Finding.None($"the alerting tool has been silent for {Said(sight.Silent.Value)}");
        }

        if (sight.Firing > 0)
        {
            var words = check.Says ?? ReaderWords;
            return check.Degrades ? Finding.Slow(words) : Finding.Bad(words);
        }

        return sight.Silent switch
        {
            null => Finding.None("no alerting tool has been heard of yet"),
            _ when sight.Unseen > 0 => Finding.None("the alerting tool cannot see it either"),
            _ => Finding.Good,
        };
    }

    private static string Said(TimeSpan age) => Durations.Write(age.TotalHours >= 1
        ? TimeSpan.FromMinutes(Math.Floor(age.TotalMinutes))
        : TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)));
}

/// <summary>What the book holds for one check.</summary>
/// <param name="Firing">Alerts that are meant and fire.</param>
/// <param name="Unseen">Alerts that are meant and of which their tool cannot see how they are.</param>
/// <param name="Silent">How long nothing at all was heard of the tool; null: it never was.</param>
internal readonly record struct AlertSight(int Firing, int Unseen, TimeSpan? Silent);

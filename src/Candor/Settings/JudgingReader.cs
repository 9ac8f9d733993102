using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary><c>judging:</c>, for all monitors or for one; what is not written comes from the rules around it.</summary>
internal static class JudgingReader
{
    public static JudgingRules Read(Entry around, JudgingRules otherwise, Faults faults)
    {
        var count = Numbers.Between(1, Defaults.CountMost);
        return around.Map("judging", faults) is not { } judging ? otherwise : new JudgingRules(
            judging.Value("down_after", count, otherwise.DownAfter, faults),
            judging.Value("up_after", count, otherwise.UpAfter, faults),
            judging.Find("min_live") is { } live
                ? live.Read(count, faults, out var least) ? least : null
                : otherwise.MinLive);
    }
}

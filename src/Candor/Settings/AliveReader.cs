using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>alive:</c>. Who is told, again and again, that this Candor works.</summary>
internal static class AliveReader
{
    public static AliveSettings Read(Entry root, Faults faults)
    {
        var otherwise = new AliveSettings();
        if (root.Map("alive", faults) is not { } alive)
        {
            return otherwise;
        }

        var tell = alive.List<Secret>("tell", Secret.ReadReference, faults);
        if (tell.Count > Defaults.AliveMost)
        {
            faults.Add(alive, $"names {tell.Count} addresses in “tell”", $"name at most {Defaults.AliveMost}");
        }

        return new()
        {
            Tell = [.. tell.Distinct()],
            Every = alive.Value("every", Durations.Between(Defaults.AliveEveryLeast, Defaults.AliveEveryMost), otherwise.Every, faults),
        };
    }
}

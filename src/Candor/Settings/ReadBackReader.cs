using System.Diagnostics.CodeAnalysis;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>read_back:</c>. Where the page is read as readers get it.</summary>
internal static class ReadBackReader
{
    public static ReadBackSettings Read(Entry root, Faults faults)
    {
        var otherwise = new ReadBackSettings();
        if (root.Map("read_back", faults) is not { } readBack)
        {
            return otherwise;
        }

        var from = readBack.List<Uri>("from", ReadAddress, faults);
        if (from.Count > Defaults.ReadBackMost)
        {
            faults.Add(readBack, $"names {from.Count} addresses in “from”", $"name at most {Defaults.ReadBackMost}");
        }

        return new()
        {
            From = [.. from.Distinct()],
            Every = readBack.Value("every", Durations.Between(Defaults.ReadBackEveryLeast, Defaults.ReadBackEveryMost), otherwise.Every, faults),
            Within = readBack.Value("within", Durations.Between(Defaults.ReadBackWithinLeast, Defaults.ReadBackWithinMost), otherwise.Within, faults),
        };
    }

    /// <summary>The front page's address: the others follow from it.</summary>
    private static string? ReadAddress(string text, [MaybeNull] out Uri value) =>
        Urls.ReadLink(text, out value) is null && value!.PathAndQuery == "/" && value.Fragment.Length == 0
            ? null
            : "write the address of the front page, such as https://status.example.com";
}

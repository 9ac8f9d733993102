using Candor.Languages;

namespace Candor.Pages.Wording;

/// <summary>Lists in English, for what is not translated.</summary>
internal static class Listing
{
    public static string And(IReadOnlyList<string> items) => Language.English.Lists.And(items);

    public static string AndMore(IReadOnlyList<string> items) => Language.English.Lists.AndMore(items);

    public static string Count(int count, string one, string many) => Language.English.Lists.Count(count, one, many);

    public static string Bytes(long bytes) => Language.English.Lists.Bytes(bytes);

    public static string InWords(int count) => Language.English.Lists.InWords(count);
}

using Candor.Languages;

namespace Candor.Pages.Wording;

/// <summary>Durations in English, for what is not translated.</summary>
internal static class Lasting
{
    public static string Words(TimeSpan duration) => Language.English.Spans.Words(duration);

    public static string Ago(TimeSpan age) => Language.English.Spans.Ago(age);

    public static string Due(TimeSpan left) => Language.English.Spans.Due(left);
}

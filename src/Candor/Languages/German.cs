using System.Globalization;

namespace Candor.Languages;

internal sealed class German : Language
{
    /// <summary>"10.412" and "99,95". Written down, because the program carries no data of cultures.</summary>
    private static readonly NumberFormatInfo Style = NumberFormatInfo.ReadOnly(new NumberFormatInfo
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = ".",
    });

    public override string Tag => "de";

    public override StateNames Names { get; } = new GermanNames();

    public override Spans Spans { get; } = new GermanSpans();

    public override Spans PageSpans { get; } = new GermanSpans(Spans.NoBreak);

    public override Lists Lists { get; } = new GermanLists(Style);

    public override Dates Dates { get; } = new GermanDates();

    public override NumberFormatInfo Numbers => Style;

    public override string Signature => "Dies wurde automatisch erkannt.";

    public override string Longer => "(Der Text ist länger als hier gezeigt.)";

    public override string Reason(string reason, bool isOthers = false) => GermanReasons.Of(reason, isOthers);

    public override T In<T>(T english, T german) => german;
}

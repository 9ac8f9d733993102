using System.Globalization;

namespace Candor.Languages;

internal sealed class English : Language
{
    public override string Tag => "en";

    public override StateNames Names { get; } = new EnglishNames();

    public override Spans Spans { get; } = new EnglishSpans();

    public override Spans PageSpans { get; } = new EnglishSpans(Spans.NoBreak);

    public override Lists Lists { get; } = new EnglishLists();

    public override Dates Dates { get; } = new EnglishDates();

    public override NumberFormatInfo Numbers => NumberFormatInfo.InvariantInfo;

    public override string Signature => "This was detected automatically.";

    public override string Longer => "(The text is longer than what is shown here.)";

    public override string Reason(string reason, bool isOthers = false) => reason;

    public override T In<T>(T english, T german) => english;
}

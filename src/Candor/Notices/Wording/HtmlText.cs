using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Candor.Notices.Wording;

/// <summary>HTML from interpolated strings: what stands in the source is markup, and every hole is text and gets encoded.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder html;

    public HtmlText(int literalLength, int formattedCount) => html = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string markup) => html.Append(markup);

    public void AppendFormatted(string? text) => html.Append(Encoder.Encode(text ?? ""));

    public override string ToString() => html.ToString();
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>
/// A sentence with markup in it, from an interpolated string: what stands in the source is markup, text in a hole gets
/// encoded, and a fragment stays what it is. So each language puts its moments and links where it needs them.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Phrase(int literalLength, int formattedCount)
{
    private readonly List<object> parts = new((2 * formattedCount) + Math.Min(literalLength, 1));

    public void AppendLiteral(string markup) => parts.Add(new MarkupString(markup));

    public void AppendFormatted(string? text)
    {
        if (text is not null)
        {
            parts.Add(text);
        }
    }

    public void AppendFormatted(int number) => parts.Add(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(RenderFragment? fragment)
    {
        if (fragment is not null)
        {
            parts.Add(fragment);
        }
    }

    /// <summary>With nothing of its own in front of it.</summary>
    public void AppendFormatted(Dated moment) => parts.Add(moment());

    /// <summary>Rendered once and never compared, so its parts need no numbers of their own.</summary>
    public RenderFragment Fragment => builder =>
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case MarkupString markup:
                    builder.AddContent(0, markup);
                    break;
                case RenderFragment fragment:
                    builder.AddContent(1, fragment);
                    break;
                case string text:
                    builder.AddContent(2, text);
                    break;
            }
        }
    };
}

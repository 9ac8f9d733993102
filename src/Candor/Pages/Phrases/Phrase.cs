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

    public RenderFragment Fragment => builder =>
    {
        for (var i = 0; i < parts.Count; i++)
        {
            switch (parts[i])
            {
                case MarkupString markup:
                    builder.AddContent(i, markup);
                    break;
                case RenderFragment fragment:
                    builder.AddContent(i, fragment);
                    break;
                case string text:
                    builder.AddContent(i, text);
                    break;
            }
        }
    };
}

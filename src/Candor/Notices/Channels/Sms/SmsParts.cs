using System.Collections.Frozen;

namespace Candor.Notices.Channels.Sms;

/// <summary>
/// How many parts a text message takes, each of which is paid for. In the alphabet of text messages (GSM 03.38) 160
/// characters fit into one message and 153 into each part of a longer one; a single character outside of it leaves room for
/// 70 and 67.
/// </summary>
internal static class SmsParts
{
    private static readonly FrozenSet<char> Plain = FrozenSet.Create(
        [.. "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"]);

    /// <summary>In that alphabet as well, for the price of two.</summary>
    private static readonly FrozenSet<char> Escaped = FrozenSet.Create([.. "^{}\\[~]|€\f"]);

    public static bool IsPlain(string text) => text.All(static c => Plain.Contains(c) || Escaped.Contains(c));

    public static int Of(string text) => IsPlain(text)
        ? Of(text, 160, 153, static (said, i) => Escaped.Contains(said[i]) ? 2 : 1)
        : Of(text, 70, 67, static (said, i) => char.IsHighSurrogate(said[i]) && i + 1 < said.Length ? 2 : 1);

    /// <param name="takes">How much room the character at an index takes; two are never torn apart.</param>
    private static int Of(string text, int alone, int each, Func<string, int, int> takes)
    {
        var (whole, parts, filled) = (0, 1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var room = takes(text, i);
            whole += room;
            (parts, filled) = filled + room > each ? (parts + 1, room) : (parts, filled + room);

            // The second half of a pair came with the first.
            i += room == 2 && char.IsHighSurrogate(text[i]) ? 1 : 0;
        }

        return whole <= alone ? 1 : parts;
    }
}

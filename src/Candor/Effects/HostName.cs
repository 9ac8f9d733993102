using System.Globalization;
using System.Net;

namespace Candor.Effects;

/// <summary>
/// A host as people write it, brought to one form before anything is decided about it: an address literal in whatever
/// base or alphabet, or a lower-case ASCII name. What cannot be brought there is refused.
/// </summary>
internal readonly record struct HostName(string Name, IPAddress? Literal)
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    public static HostName? Read(string text, out string fault)
    {
        fault = "";
        var host = text.Trim();
        if (host is ['[', .., ']'])
        {
            host = host[1..^1];
        }

        if (host.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(host, out var six) ? new(six.ToString(), six) : Fault(text, out fault);
        }

        if (!TryAscii(host, out var ascii))
        {
            return Fault(text, out fault);
        }

        // inet_aton's forms (2130706433, 0x7f.1, 0177.0.0.1) reach the same address, so they get the same treatment.
        if (IPAddress.TryParse(ascii, out var four))
        {
            return new(four.ToString(), four);
        }

        return IsName(ascii) ? new(ascii, null) : Fault(text, out fault);
    }

    private static bool TryAscii(string host, out string ascii)
    {
        ascii = host;
        try
        {
            // Full-width digits, circled digits and ideographic full stops fold to ASCII here, as in a browser.
            ascii = new IdnMapping { UseStd3AsciiRules = false, AllowUnassigned = true }
                .GetAscii(host.Normalize(System.Text.NormalizationForm.FormKC).TrimEnd('.', '\u3002'));
            ascii = ascii.ToLowerInvariant();
            return ascii.Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsName(string ascii)
    {
        if (ascii.Length > LongestName)
        {
            return false;
        }

        var label = 0;
        foreach (var c in ascii)
        {
            if (c == '.')
            {
                if (label == 0)
                {
                    return false;
                }

                label = 0;
                continue;
            }

            if (++label > LongestLabel || !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                return false;
            }
        }

        // A name whose last label is a number can only be a misspelt address (WHATWG URL: "ends in a number").
        var last = ascii[(ascii.LastIndexOf('.') + 1)..];
        return label > 0 && !last.All(char.IsAsciiDigit) && !IsHexNumber(last);
    }

    private static bool IsHexNumber(string label) =>
        label.StartsWith("0x", StringComparison.Ordinal) && label.Skip(2).All(char.IsAsciiHexDigit);

    private static HostName? Fault(string text, out string fault)
    {
        fault = $"“{text}” is neither a host name nor an IP address";
        return null;
    }
}

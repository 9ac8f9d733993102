using System.Buffers;
using System.Globalization;
using System.Text;
using Candor.Effects;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// A mail address of the subset that every server reads alike: no quotes, comments, routes, literals or control
/// characters, so nothing in it can end a command or begin another one. Kept in lower case: no mailbox is told twice
/// because somebody wrote it twice, and no cap counts <c>Ada@</c> and <c>ada@</c> as two.
/// </summary>
internal readonly record struct EmailAddress(string Local, string Domain)
{
    public const string Remedy = "write a mail address such as ada@example.com";
    private const int LocalBytesMax = 64;
    private const int BytesMax = 254;

    // Left out of what the standard allows: % and ! are routes to some servers, the rest nobody's name holds.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.+-_=~'&*#/");

    /// <summary>The server must speak SMTPUTF8. A domain is written in ASCII and never asks for it.</summary>
    public bool NeedsUtf8 => !Ascii.IsValid(Local);

    public static EmailAddress? Read(string text)
    {
        var trimmed = text.Trim(' ');
        var at = trimmed.IndexOf('@');
        if (at <= 0 || trimmed.Length > BytesMax || at != trimmed.LastIndexOf('@') || Host(trimmed[(at + 1)..]) is not { } domain)
        {
            return null;
        }

        var local = trimmed[..at].ToLowerInvariant();
        var bytes = Encoding.UTF8.GetByteCount(local);
        return IsLocal(local) && bytes <= LocalBytesMax && bytes + 1 + domain.Length <= BytesMax ? new(local, domain) : null;
    }

    public override string ToString() => $"{Local}@{Domain}";

    private static bool IsLocal(string local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        // Runes, so that half a character is refused; letters and digits only, so that nothing invisible is one.
        foreach (var rune in local.EnumerateRunes())
        {
            var known = rune.IsAscii ? Plain.Contains((char)rune.Value) : rune != Rune.ReplacementChar && IsWritten(rune);
            if (!known)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWritten(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string? Host(string text) =>
        HostName.Read(text, out _) is { Literal: null } host && text.Trim() == text && host.Name.Contains('.')
        && !host.Name.Contains('_') && !host.Name.Split('.').Any(static l => l is ['-', ..] or [.., '-'])
            ? host.Name
            : null;
}

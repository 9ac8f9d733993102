using System.Buffers;

namespace Candor.Notices.Channels.Email;

/// <summary>What a server answered: its code and its words, as one line.</summary>
internal readonly record struct SmtpReply(int Code, string Text)
{
    private static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789.");

    public bool IsYes => Code is >= 200 and < 400;

    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>"5.1.1" where the server says it (RFC 2034), else empty.</summary>
    public string Enhanced
    {
        get
        {
            var word = Text.AsSpan(0, Math.Max(0, Text.IndexOf(' ')));
            return word.Length is >= 5 and <= 9 && word[0] is '2' or '4' or '5' && word[1] == '.' && word.IndexOfAnyExcept(Numbers) < 0
                ? word.ToString()
                : "";
        }
    }

    public override string ToString() => $"{Code} {Text}";
}

namespace Candor.Settings.Forms;

/// <summary>Mail addresses as servers take them; the exotic ones that the standard allows are not.</summary>
internal static class MailAddresses
{
    public static string? Read(string text, out string value)
    {
        value = text;
        var at = text.LastIndexOf('@');
        return text.Length <= 254 && at is > 0 and <= 64
            && text.AsSpan(0, at).IndexOfAnyExcept(Local) < 0
            && text[0] != '.' && text[at - 1] != '.' && !text.Contains("..", StringComparison.Ordinal)
            && text.AsSpan(at).Contains('.') && HostNames.IsHost(text[(at + 1)..])
                ? null
                : "write a mail address such as status@example.com";
    }

    private static readonly System.Buffers.SearchValues<char> Local = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_=~");
}

namespace Candor.Notices.Channels.Ntfy;

/// <summary>A topic's address, taken apart: ntfy takes JSON at the server's root, with the topic in it.</summary>
internal readonly record struct NtfyTopic(string Server, string Name)
{
    private const int NameMost = 64;

    /// <summary>Null where the last part of the path is no topic. A query stays with the server: it may hold an access token of the topic's owner.</summary>
    public static NtfyTopic? Of(string address)
    {
        var uri = new Uri(address);
        var path = uri.AbsolutePath;
        var slash = path.LastIndexOf('/');
        var name = path[(slash + 1)..];
        return name.Length is > 0 and <= NameMost && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? new($"{uri.GetLeftPart(UriPartial.Authority)}{path[..(slash + 1)]}{uri.Query}", name)
            : null;
    }
}

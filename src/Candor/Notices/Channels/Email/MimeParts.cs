using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>A mail in two parts, as a signature needs it: headers in order (values folded, after the colon) and the body.</summary>
internal sealed record MimeParts(IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public MimeParts With(string name, string value) => this with { Headers = [(name, value), .. Headers] };

    public byte[] ToBytes()
    {
        var text = new StringBuilder(Body.Length + 2_048);
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(':').Append(value).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(Body).ToString());
    }
}

namespace Candor.Notices.Channels.Email;

/// <summary>
/// <c>&lt;key@domain&gt;</c>. The key comes from what is told to whom, so that a mail sent twice carries the same id twice
/// and its receiver can drop one.
/// </summary>
internal readonly record struct MessageId
{
    public MessageId(string key, EmailAddress from)
    {
        if (key.Length is 0 or > 64 || !key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
        {
            throw new ArgumentException("A message's key is made of letters, digits, hyphens and dots.", nameof(key));
        }

        Text = $"<{key}@{from.Domain}>";
    }

    public string Text { get; }

    public override string ToString() => Text;
}

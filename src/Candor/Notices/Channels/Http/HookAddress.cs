using Candor.Effects;
using Candor.Journal;

namespace Candor.Notices.Channels.Http;

/// <summary>An address on the web that a person made in their own chat and gave to us: whoever holds it may post there.</summary>
internal static class HookAddress
{
    /// <param name="whose">"Slack": for the sentence that says what is wrong.</param>
    public static (string? Address, Refusal? Refusal) Read(string text, string whose) =>
        WebAddress.Read(text.Trim(), out var fault) is { } uri
            ? (uri.AbsoluteUri, null)
            : (null, new("no_address", $"{whose}'s webhook address cannot be used: {fault}.", "address"));
}

using System.Collections.Immutable;
using Candor.Notices.Channels;
using Candor.Settings;

namespace Candor.Node;

/// <summary>From what the owner declared of the channels to what their processes are opened with: here the secrets are put in.</summary>
internal static class ChannelDeclarations
{
    public static ImmutableDictionary<string, ChannelSettings> Of(NoticeSettings notices, Func<string, string?> environment)
    {
        var channels = ImmutableDictionary.CreateBuilder<string, ChannelSettings>(StringComparer.Ordinal);
        if (notices.Email is { } email && email.Smtp.Reveal(environment) is { } server)
        {
            channels["email"] = new(ImmutableSortedDictionary<string, string>.Empty.Add("smtp", server).Add("from", email.From));
        }

        return channels.ToImmutable();
    }
}

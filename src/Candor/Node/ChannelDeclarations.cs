using System.Collections.Immutable;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Settings;

namespace Candor.Node;

/// <summary>From what the owner declared of the channels to what their processes are opened with: here the secrets are put in.</summary>
internal static class ChannelDeclarations
{
    /// <param name="fault">Null, or what the owner has to mend before a channel can be opened.</param>
    public static ImmutableDictionary<string, ChannelSettings> Of(
        NoticeSettings notices, Func<string, string?> environment, IDisk disk, out string? fault)
    {
        fault = null;
        var channels = ImmutableDictionary.CreateBuilder<string, ChannelSettings>(StringComparer.Ordinal);
        if (notices.Email is { } email)
        {
            if (ChannelValues.Email(email, environment, disk, [], out var missing) is { } settings)
            {
                channels["email"] = settings;
            }
            else
            {
                fault = $"Nobody can be told by email. {missing}";
            }
        }

        return channels.ToImmutable();
    }
}

using System.Collections.Immutable;
using Candor.Access.Secrets;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Probing.Heartbeat;

namespace Candor.Commands.Backups;

/// <summary>
/// Files of the data folder that no backup holds, because whoever has one can speak or read as this installation. They are made
/// at the first start; with another one, what is named here no longer works.
/// </summary>
internal static class InstallationKeys
{
    public static readonly ImmutableArray<InstallationKey> All =
    [
        new(MasterKeys.FileName, "subscribers' addresses and second factors cannot be opened"),
        new(HeartbeatTokens.FileName, "every heartbeat and alert gets another address"),
        new(SigningKey.PublisherFile, "mirrors take nothing from this page until they are given the new key"),
        new(PinnedKey.EmergencyFile, "nobody can post on the mirrors; `candor mirror emergency` makes another"),
        new(ContactsKey.PublicFile, "mirrors keep no contacts any more; `candor mirror contacts` makes another"),
        new(ContactsGrant.TokenFile, "mirrors get no contacts until they are given the new token"),
    ];

    public static IEnumerable<string> Names => All.Select(static key => key.Name);
}

/// <param name="Without">What is so without it, for a sentence.</param>
internal sealed record InstallationKey(string Name, string Without);

using System.Collections.Immutable;

namespace Candor.Commands.Backups;

/// <summary>What was put in place.</summary>
/// <param name="MovedAside">Where what had been there is now; null where the folder was empty.</param>
/// <param name="Missing">Keys that are not in the folder, so that the next start makes new ones.</param>
internal sealed record RestoreReport(long Events, DateTimeOffset CreatedAt, string? MovedAside, ImmutableArray<InstallationKey> Missing);

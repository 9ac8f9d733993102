namespace Candor.Commands.Backups;

/// <summary>What was put in place.</summary>
/// <param name="MovedAside">Where what had been there is now; null where the folder was empty.</param>
internal sealed record RestoreReport(long Events, DateTimeOffset CreatedAt, string? MovedAside);

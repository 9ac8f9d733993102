namespace Candor.Admin.Fleet;

/// <summary>One address at which readers get the page.</summary>
/// <param name="Wrong">What they get there instead of what was published, as the end of a sentence; null while they get that.</param>
/// <param name="ReadAt">Null: not read yet.</param>
internal sealed record ReaderAddressRow(Uri Address, DateTimeOffset? ReadAt, string? Wrong, TimeSpan WrongFor);

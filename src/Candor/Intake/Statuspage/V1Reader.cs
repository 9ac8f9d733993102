namespace Candor.Intake.Statuspage;

/// <summary>An audience, which Statuspage calls a page access group.</summary>
internal sealed record V1ReaderGroup(
    string Id, string PageId, string Name, IReadOnlyList<string> PageAccessUserIds, string? ExternalIdentifier,
    IReadOnlyList<string> MetricIds, IReadOnlyList<string> ComponentIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A member of audiences, which Statuspage calls a page access user, for whoever may manage readers.</summary>
internal sealed record V1Reader(
    string Id, string PageId, string Email, string? ExternalLogin, string? PageAccessGroupId, IReadOnlyList<string> PageAccessGroupIds,
    IReadOnlyList<string> ComponentIds, IReadOnlyList<string> MetricIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, V1ReaderTruth Candor);

/// <param name="Joined">The audiences in which they have chosen a password; in the others they are only invited.</param>
/// <param name="Invitations">Shown once, to whoever let them in.</param>
internal sealed record V1ReaderTruth(IReadOnlyList<string> Joined, IReadOnlyList<V1Invitation>? Invitations);

/// <param name="Url">Lets in once, and whoever uses it chooses a password with it.</param>
internal sealed record V1Invitation(string PageAccessGroupId, string Url, DateTimeOffset ExpiresAt);

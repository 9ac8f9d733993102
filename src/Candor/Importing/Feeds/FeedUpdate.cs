using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.Feeds;

/// <param name="Word">The head as it is written: "Resolved", "Update", "In progress"; null where there is none.</param>
internal sealed record FeedUpdate(DateTimeOffset? At, string? Word, IncidentStatus? Status, string Body);

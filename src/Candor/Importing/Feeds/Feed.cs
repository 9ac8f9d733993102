using System.Collections.Immutable;

namespace Candor.Importing.Feeds;

/// <summary>A feed in one form, whatever it was written in.</summary>
internal sealed record Feed(string? Title, string? Link, ImmutableArray<FeedEntry> Entries);

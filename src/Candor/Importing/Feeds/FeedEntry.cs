namespace Candor.Importing.Feeds;

/// <param name="Key">The last part of the link, which is the incident's public id on most pages; else the guid, else a digest.</param>
/// <param name="Offset">Of the time of publishing, where it is written.</param>
/// <param name="Html">The content, entities decoded once.</param>
internal sealed record FeedEntry(string Key, string Title, string? Link, DateTimeOffset? Published, TimeSpan? Offset, string Html);

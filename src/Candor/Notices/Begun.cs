using Candor.Notices.Streams;

namespace Candor.Notices;

/// <summary>Hand-overs that begin as soon as <paramref name="Changed"/>, which holds them too, is durable.</summary>
internal readonly record struct Begun(IReadOnlyList<NoticeStream> Started, IReadOnlyList<NoticeStream> Changed);

/// <summary>A stream after an answer.</summary>
/// <param name="Removes">Their side says that the subscription is over.</param>
internal readonly record struct Settled(NoticeStream Stream, bool Removes);

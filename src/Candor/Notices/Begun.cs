using Candor.Notices.Streams;

namespace Candor.Notices;

/// <summary>Hand-overs that begin as soon as <paramref name="Changed"/>, which holds them too, is durable.</summary>
internal readonly record struct Begun(IReadOnlyList<NoticeStream> Started, IReadOnlyList<NoticeStream> Changed);

/// <summary>After an answer: the stream whose turn it was, and after it those that went out in the same notice.</summary>
/// <param name="Removes">Their side says that the subscription is over.</param>
internal readonly record struct Settled(IReadOnlyList<NoticeStream> Streams, bool Removes)
{
    public NoticeStream Stream => Streams[0];
}

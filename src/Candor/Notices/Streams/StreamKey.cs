using Candor.State;

namespace Candor.Notices.Streams;

/// <summary>One subscriber and one topic; the channel is the queue's. Within a stream everything is told in order, across streams nothing is.</summary>
internal readonly record struct StreamKey(SubscriberId Subscriber, Topic Topic);

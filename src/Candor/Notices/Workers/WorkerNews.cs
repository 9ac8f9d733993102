using System.Text.Json.Serialization;
using Candor.Notices.Channels;

namespace Candor.Notices.Workers;

/// <summary>What is heard of the process of a channel.</summary>
internal abstract record WorkerNews;

/// <param name="Process">Its number, by which it is given work.</param>
internal sealed record WorkerReady(int Process) : WorkerNews;

internal sealed record WorkerBegan(string Key) : WorkerNews;

/// <param name="Handover">Null: the channel threw what nobody foresaw.</param>
/// <param name="Took">What the receiver took, without what it waited for here; null where nobody measured.</param>
[JsonConverter(typeof(AnswerConverter))]
internal sealed record WorkerAnswered(string Key, Handover? Handover, TimeSpan? Took = null) : WorkerNews;

/// <summary>It is gone, with everything that it had in hand.</summary>
internal sealed record WorkerEnded : WorkerNews;

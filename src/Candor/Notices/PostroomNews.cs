using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.Notices.Workers;
using Candor.State;

namespace Candor.Notices;

/// <summary>What the loop of a post room has to do.</summary>
internal abstract record PostroomNews;

/// <summary>The journal went on; done once everything up to there is durable in the queue.</summary>
internal sealed record JournalWentOn(IReadOnlyList<Topic> Topics, Position Done, TaskCompletionSource Stored) : PostroomNews;

internal sealed record FromWorker(WorkerNews News) : PostroomNews;

/// <summary>A person wants a dead letter tried again.</summary>
internal sealed record ReplayAsked(StreamKey Stream, TaskCompletionSource<bool> Answer) : PostroomNews;

/// <summary>A person wants to see everything that one subscriber was told.</summary>
internal sealed record HistoryAsked(SubscriberId Subscriber, TaskCompletionSource<IReadOnlyList<NoticeStream>> Answer) : PostroomNews;

/// <summary>A person sends a test; no notice, and in no ledger. An answer of null: the process ended with it in hand.</summary>
internal sealed record TestAsked(Message Message, TaskCompletionSource<Handover?> Answer) : PostroomNews;

/// <summary>What could not be told to the journal is told later.</summary>
internal sealed record TallyCameBack(IReadOnlyList<HandedOver> Batch) : PostroomNews;

internal sealed record ReconcileDue : PostroomNews;

using Candor.Notices.Queue;
using Candor.Notices.Queue.Memory;

namespace Candor.Tests.Contracts;

public sealed class MemoryQueueStoreTests : QueueStoreContract
{
    private readonly MemoryQueueMedium medium = new();

    private protected override ValueTask<IQueueStore> OpenAsync() => new(new MemoryQueueStore(medium));
}

using Candor.Samples;
using Candor.Samples.Memory;

namespace Candor.Tests.Contracts;

public sealed class MemorySampleStoreTests : SampleStoreContract
{
    private readonly MemorySampleMedium medium = new();

    private protected override ValueTask<ISampleStore> OpenAsync() => new(new MemorySampleStore(medium));
}

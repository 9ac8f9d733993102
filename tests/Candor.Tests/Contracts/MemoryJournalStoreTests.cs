using Candor.Journal;
using Candor.Journal.Memory;

namespace Candor.Tests.Contracts;

public sealed class MemoryJournalStoreTests : JournalStoreContract
{
    private readonly MemoryJournalMedium medium = new();

    private protected override ValueTask<IJournalStore> CreateAsync() => new(new MemoryJournalStore(medium));

    private protected override ValueTask SpoilAsync(Position position)
    {
        medium.Spoil(position, static e => e with { Body = "x"u8.ToArray() });
        return default;
    }
}

namespace Candor.Journal.Memory;

/// <summary>A cursor that lives as long as the process: for followers that start from nothing, and for tests.</summary>
internal sealed class MemoryCursor(Position start) : ICursor
{
    public Position Saved { get; private set; } = start;

    public ValueTask<Position> LoadAsync(CancellationToken cancellation) => new(Saved);

    public ValueTask SaveAsync(Position done, CancellationToken cancellation)
    {
        Saved = done;
        return default;
    }
}

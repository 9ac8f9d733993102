namespace Candor.Journal.Sqlite;

/// <summary>One row as it lies in the file, before anything about it is believed. Valid until the statement moves on.</summary>
internal readonly ref struct EventRow(nint statement)
{
    public const string Columns = "position, kind, occurred, arrived, committed, checksum, hash, body";

    public Position Position { get; } = new(NativeColumns.Number(statement, 0));

    public ReadOnlySpan<byte> Kind { get; } = NativeColumns.Bytes(statement, 1);

    public long Occurred { get; } = NativeColumns.Number(statement, 2);

    public long Arrived { get; } = NativeColumns.Number(statement, 3);

    public long Committed { get; } = NativeColumns.Number(statement, 4);

    public long Checksum { get; } = NativeColumns.Number(statement, 5);

    public ReadOnlySpan<byte> StoredHash { get; } = NativeColumns.Bytes(statement, 6);

    public ReadOnlySpan<byte> Body { get; } = NativeColumns.Bytes(statement, 7);

    public ChainHash Hash => ChainHash.From(StoredHash);

    public Stamp Stamp => new(Position, Time(Occurred), Time(Arrived), Time(Committed));

    /// <summary>What is wrong with this row where it should follow <paramref name="previous"/>; null when it is genuine.</summary>
    public string? FaultBehind(Position place, ChainHash previous)
    {
        if (Position != place)
        {
            return $"it is missing (the next one found is {Position}).";
        }

        if (OwnFault() is { } fault)
        {
            return fault;
        }

        return Chain.Link(previous, Stamp, Kind, Body) == Hash
            ? null
            : "its checksum is right but it does not follow the event before it: it was changed, not worn.";
    }

    /// <summary>What can be seen without the predecessor.</summary>
    public string? OwnFault() =>
        StoredHash.Length != ChainHash.Size || !IsTime(Occurred) || !IsTime(Arrived) || !IsTime(Committed)
            ? "a field is unreadable."
            : Chain.Checksum(Stamp, Kind, Body, Hash) == Checksum ? null : "its checksum does not fit its content.";

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

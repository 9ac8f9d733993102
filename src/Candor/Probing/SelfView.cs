namespace Candor.Probing;

/// <summary>What Candor can see of itself; whoever composes it fills in what there is.</summary>
internal sealed record SelfView
{
    /// <summary>Bytes free and total where the data lies.</summary>
    public Func<(long Free, long? Total)>? Disk { get; init; }

    /// <summary>Null while the journal takes events, else what ails it.</summary>
    public Func<string?>? Journal { get; init; }

    /// <summary>A name whose resolution shows that names resolve.</summary>
    public string KnownName { get; init; } = "example.com";
}

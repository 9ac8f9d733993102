namespace Candor.SystemTests;

/// <summary>How a test starts Candor.</summary>
public sealed record CandorOptions
{
    /// <summary>The executable.</summary>
    public string Program { get; init; } = Repository.Program;

    /// <summary>The text of candor.yaml; null: no file.</summary>
    public string? Settings { get; init; }

    /// <summary>A data folder to start with; null: a new one that is deleted afterwards.</summary>
    public string? Data { get; init; }

    /// <summary>Further arguments of <c>candor serve</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A program and its arguments to run Candor under: strace, faketime.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it listens for readers, also when it is started again: others know the address. Null: anywhere.</summary>
    public int? Port { get; init; }

    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(60);
}

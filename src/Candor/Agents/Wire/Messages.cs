namespace Candor.Agents.Wire;

/// <summary>An agent asks to be let in.</summary>
/// <param name="PublicKey">Its new P-256 key: SubjectPublicKeyInfo, base64.</param>
/// <param name="Proof">A signature by that key over the code, so that nobody has a key pinned that is not theirs.</param>
internal sealed record EnrolBody(string Code, string PublicKey, string Proof);

/// <param name="Place">What the code was made for.</param>
internal sealed record EnrolView(string Place);

/// <param name="AtMs">The core's calendar.</param>
internal sealed record ChallengeView(string Challenge, long AtMs);

/// <summary>The next key of an agent; the request is signed with the one before.</summary>
internal sealed record KeyBody(string PublicKey, string Proof);

/// <summary>What an agent says each time: how its clocks stand, and at most one chunk of what it saw.</summary>
/// <param name="Run">Random, of this process: steady stamps of other runs mean nothing beside these.</param>
/// <param name="WallMs">Its calendar, in milliseconds since 1970.</param>
/// <param name="SteadyMs">Its clock that cannot jump.</param>
/// <param name="CoreMs">The core's calendar as the agent reckons it: what the core last said, and what went by since.</param>
internal sealed record Report(string Run, long WallMs, long SteadyMs, long CoreMs)
{
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>The plan that it goes by, or nothing yet.</summary>
    public string? Plan { get; init; }

    /// <summary>Chunks that wait on its disk.</summary>
    public int Waiting { get; init; }

    /// <summary>
    /// Chunks that were given up since its process began, because there was no room or the core would not take them; what never
    /// came into one counts as many as it would have filled.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>What it last had to say of itself, in a sentence.</summary>
    public string? Words { get; init; }

    public Chunk? Chunk { get; init; }
}

/// <summary>Readings in the order in which they were taken. Sent whole or not at all, and taken once.</summary>
/// <param name="Number">Grows from 1 by one for each chunk of a key; gaps are chunks that were given up.</param>
internal sealed record Chunk(long Number, string Run)
{
    public IReadOnlyList<SentReading> Readings { get; init => field = value ?? []; } = [];

    public IReadOnlyList<SentControl> Controls { get; init => field = value ?? []; } = [];
}

/// <param name="Said">good, slow, bad or none.</param>
/// <param name="TookMs">The whole probe.</param>
internal sealed record SentReading(string Monitor, long WallMs, long SteadyMs, string Said)
{
    public string Reason { get; init => field = value ?? ""; } = "";

    public double TookMs { get; init; }

    public IReadOnlyList<SentPhase>? Phases { get; init; }

    public IReadOnlyList<SentNumber>? Measured { get; init; }
}

internal sealed record SentPhase(string Name, double TookMs);

internal sealed record SentNumber(string Name, double Value, string Unit);

/// <summary>Whether a control target answered.</summary>
internal sealed record SentControl(string Target, long WallMs, long SteadyMs, bool Answered)
{
    public string Reason { get; init => field = value ?? ""; } = "";
}

/// <param name="Accepted">The highest chunk that is kept; it and everything before it may be forgotten.</param>
/// <param name="AtMs">The core's calendar.</param>
internal sealed record ReportView(long Accepted, long AtMs)
{
    /// <summary>What to do from now on, where it is not what the agent goes by.</summary>
    public Plan? Plan { get; init; }
}

/// <summary>What an agent does.</summary>
/// <param name="Id">A hash of the rest.</param>
internal sealed record Plan(
    string Id, IReadOnlyList<PlannedCheck> Checks, IReadOnlyList<string> Controls, IReadOnlyList<string> Networks);

/// <summary>A monitor, as far as looking takes it.</summary>
/// <param name="Options">As the kind of check stores them.</param>
internal sealed record PlannedCheck(string Monitor, string Kind, string Target, string Options, long EveryMs, long TimeoutMs)
{
    /// <summary>What the names of secrets in this check stand for.</summary>
    public IReadOnlyDictionary<string, string>? Secrets { get; init; }
}

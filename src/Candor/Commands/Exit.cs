namespace Candor.Commands;

/// <summary>The exit codes that scripts rely on; see the outside contract in docs/reference.</summary>
internal static class Exit
{
    public const int Done = 0;

    /// <summary>Refused or failed; a sentence is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Refused because it would not be safe.</summary>
    public const int Unsafe = 3;

    /// <summary>Done, but not with everything; what is missing is on standard error.</summary>
    public const int Incomplete = 4;
}

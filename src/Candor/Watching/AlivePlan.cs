using System.Collections.Immutable;

namespace Candor.Watching;

/// <summary>Who is told that this Candor works, and how often.</summary>
internal sealed record AlivePlan(ImmutableArray<AliveAddress> Tell, TimeSpan Every)
{
    public static readonly AlivePlan Nothing = new([], TimeSpan.FromMinutes(1));
}

/// <summary>An address that is a permission: looked up at the moment of use, and named by what it is written as.</summary>
internal sealed record AliveAddress(string Name, Func<string?> Read);

/// <summary>How the last call of an address went.</summary>
/// <param name="Trouble">Null where it was heard.</param>
/// <param name="Failures">In a row.</param>
internal sealed record AliveAnswer(string Name, string? Trouble, int Failures);

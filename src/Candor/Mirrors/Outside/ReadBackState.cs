namespace Candor.Mirrors.Outside;

/// <summary>At how many addresses a word was read back.</summary>
internal readonly record struct ReadBackState(int Read, int All)
{
    /// <summary>An update counts as published when it was read back from everywhere.</summary>
    public bool IsPublished => Read == All;
}

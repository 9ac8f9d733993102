namespace Candor.State;

/// <summary>
/// A hash of a text that is the same in every process. Collections keyed by ids are gone through in the order of these, so
/// what follows from the same facts comes in the same order on every machine and after every start; the runtime's own hash of
/// a text is another one each time. Nobody outside chooses ids, so nobody can make them collide.
/// </summary>
internal static class StableHash
{
    /// <summary>FNV-1a over the characters, with its bits mixed at the end.</summary>
    public static int Of(string? text)
    {
        var hash = 2166136261U;
        foreach (var character in text.AsSpan())
        {
            hash = (hash ^ character) * 16777619U;
        }

        hash ^= hash >> 15;
        hash *= 0x2C1B3C6DU;
        return (int)(hash ^ (hash >> 12));
    }
}

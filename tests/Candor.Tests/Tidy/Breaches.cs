namespace Candor.Tests.Tidy;

internal static class Breaches
{
    /// <summary>Fails with every breach on a line of its own.</summary>
    public static void None(IEnumerable<string> found)
    {
        var all = found.Distinct(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{all.Count} found:\n{string.Join('\n', all)}");
        }
    }
}

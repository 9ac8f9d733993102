namespace Candor.Admin;

/// <summary>Where somebody goes on to after signing in: a path of ours, whatever the address asked for. Pure.</summary>
internal static class LocalPath
{
    private const string Home = "/now";
    private const int LengthMax = 500;

    /// <summary>Browsers read "//", "/\" and control characters as the beginning of another host.</summary>
    public static string Of(string? asked) =>
        asked is { Length: > 0 and <= LengthMax } && asked[0] == '/' && !asked.StartsWith("//", StringComparison.Ordinal)
        && !asked.Any(static c => char.IsControl(c) || c is '\\' or ' ' || c > '~')
            ? asked
            : Home;
}

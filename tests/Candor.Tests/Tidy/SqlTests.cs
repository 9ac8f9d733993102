using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>SQL is written, never built: what comes from outside is a parameter.</summary>
public sealed partial class SqlTests
{
    [Fact]
    public void SEC_20_No_SQL_is_interpolated_or_formatted() => Breaches.None(
        from file in SourceTree.Files("src", ".cs")
        let text = SourceTree.Read(file)
        from match in Interpolated().Matches(text).Concat(Formatted().Matches(text))
        select $"{file}: {match.Value.Trim()}");

    [Fact]
    public void SEC_20_SQL_is_joined_from_constants_only()
    {
        var files = SourceTree.Files("src", ".cs").Where(static f => f.Contains("/Sqlite/", StringComparison.Ordinal)).ToList();
        var constants = files.SelectMany(static f => Constant().Matches(SourceTree.Read(f)).Select(static m => m.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var breaches =
            from file in files
            from statement in SourceTree.Read(file).Split(";\n")
            where SqlLiteral().IsMatch(statement)
            from match in Joined().Matches(statement)
            where !constants.Contains(match.Groups["name"].Value.Split('.')[^1])
            select $"{file}: {match.Value}";

        Assert.NotEmpty(files);
        Breaches.None(breaches);
    }

    [Fact]
    public void SEC_20_Only_the_store_folders_speak_to_SQLite() => Breaches.None(
        from file in SourceTree.Files("src", ".cs")
        where !file.Contains("/Sqlite/", StringComparison.Ordinal)
        from line in SourceTree.Code(file)
        where line.Text.Contains("using SQLitePCL", StringComparison.Ordinal)
            || line.Text.Contains("Microsoft.Data.Sqlite", StringComparison.Ordinal)
        select $"{file}:{line.Number}");

    [Theory]
    [InlineData("""Execute($"SELECT * FROM event ORDER BY {column}")""")]
    [InlineData("""Execute(@$"DELETE FROM event WHERE kind = '{kind}'")""")]
    public void The_scan_sees_what_it_looks_for(string line) => Assert.Matches(Interpolated(), line);

    private const string Verbs =
        @"\b(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX)|DROP\s+TABLE|ALTER\s+TABLE|PRAGMA\s|BEGIN\s+IMMEDIATE|ORDER\s+BY)";

    [GeneratedRegex("""(\$@?|@\$)"+[^"]*""" + Verbs, RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Interpolated();

    [GeneratedRegex("""(string\.(Format|Concat|Join)|AppendFormat)\([^;]*?"[^"]*""" + Verbs, RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Formatted();

    [GeneratedRegex("\"[^\"]*" + Verbs, RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex SqlLiteral();

    // A name beside a plus beside a literal, either way round.
    [GeneratedRegex("""("\s*\+\s*(?<name>[A-Za-z_][\w.]*))|((?<name>[A-Za-z_][\w.]*(\([^)]*\))?)\s*\+\s*")""", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Joined();

    [GeneratedRegex(@"const string (?<name>\w+)", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Constant();
}

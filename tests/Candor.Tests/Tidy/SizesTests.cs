using System.Globalization;

namespace Candor.Tests.Tidy;

/// <summary>Prints how large things are. A size is a reason to look, never a limit, so nothing fails here.</summary>
public sealed class SizesTests(ITestOutputHelper output)
{
    [Fact]
    public void Sizes_are_printed()
    {
        var product = SourceTree.Files("src", ".cs").ToList();
        var tests = SourceTree.Files("tests", ".cs").ToList();
        var blocks = product.SelectMany(static f => CodeBlocks.Of(f, SourceTree.Read(f))).ToList();

        Print("lines per file, product", [.. product.Select(static f => (f, Lines(f)))]);
        Print("lines per file, tests", [.. tests.Select(static f => (f, Lines(f)))]);
        Print("lines per type", [.. blocks.Where(static b => b.IsType).Select(static b => (b.Name, b.Lines))]);
        Print("lines per method", [.. blocks.Where(static b => !b.IsType).Select(static b => (b.Name, b.Lines))]);
        Print("constructor parameters", [.. ProductTypes.Ours
            .Where(static t => t.IsClass && !t.Name.EndsWith("Exception", StringComparison.Ordinal) && t.GetMethod("<Clone>$") is null)
            .Select(static t => (t.Name, t.GetConstructors(
                System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
                .Max(static c => (int?)c.GetParameters().Length) ?? 0))]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"test : code = {CodeLines(tests) / (double)CodeLines(product):0.00} ({CodeLines(tests)} : {CodeLines(product)} lines that are neither blank nor comment)"));

        Assert.NotEmpty(blocks);
    }

    private static int Lines(string file) => SourceTree.Read(file).Split('\n').Length - 1;

    private static int CodeLines(IEnumerable<string> files) =>
        files.Sum(static f => SourceTree.Code(f).Count(static l => !string.IsNullOrWhiteSpace(l.Text)));

    private void Print(string what, List<(string Name, int Size)> all)
    {
        var sizes = all.Select(static a => a.Size).Order().ToList();
        var largest = all.OrderByDescending(static a => a.Size).Take(5).Select(static a => $"{a.Name} {a.Size}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {sizes.Count}, median {At(0.5)}, p90 {At(0.9)}, max {sizes[^1]} ({string.Join(", ", largest)})"));

        int At(double share) => sizes[Math.Min(sizes.Count - 1, (int)(share * sizes.Count))];
    }
}

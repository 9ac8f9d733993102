using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>
/// A view encodes an attribute that holds an expression, its fixed words included: an entity that is written there is encoded
/// once more, and whoever follows the link sends something else than was meant.
/// </summary>
public sealed partial class EncodingTests
{
    [Fact]
    public void No_attribute_with_an_expression_holds_an_entity() => Breaches.None(
        from file in SourceTree.Files("src/Candor", ".razor")
        from line in SourceTree.Code(file)
        where EncodedTwice().IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void The_scan_sees_what_it_looks_for()
    {
        Assert.Matches(EncodedTwice(), """<a href="/x?a=@Uri.EscapeDataString(one)&amp;b=1">""");
        Assert.DoesNotMatch(EncodedTwice(), """<a href="/x?a=1&amp;b=1" class="@one">""");
    }

    [GeneratedRegex("=\"(?=[^\"]*@)[^\"]*&(amp|quot|lt|gt|#\\w+);", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex EncodedTwice();
}

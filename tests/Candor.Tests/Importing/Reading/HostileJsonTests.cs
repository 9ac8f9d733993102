using System.Text;
using Candor.Importing;
using Candor.Importing.Reading;

namespace Candor.Tests.Importing.Reading;

/// <summary>Files that somebody made to hurt: each ends soon, with a sentence, and without memory to speak of.</summary>
public sealed class HostileJsonTests
{
    [Fact]
    public void Deep_nesting_is_named() =>
        Assert.Contains("nested deeper than 64", Refuse(new string('[', 1_000_000)), StringComparison.Ordinal);

    [Fact]
    public void A_key_given_twice_is_named() =>
        Assert.Contains("given twice", Refuse("""{ "page": { "id": "a" }, "incidents": [], "incidents": [] }"""), StringComparison.Ordinal);

    [Fact]
    public void Too_many_values_are_named() =>
        Assert.Contains("values", Refuse("[" + string.Concat(Enumerable.Repeat("1,", SourceLimits.TokensMax + 10)) + "1]"), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_breaks_off_is_named_with_its_line() =>
        Assert.Contains("line 2", Refuse("{ \"page\":\n { \"id\": "), StringComparison.Ordinal);

    [Fact]
    public void A_number_of_ten_megabytes_is_no_number()
    {
        var value = new SourceFile("x", Encoding.UTF8.GetBytes($$"""{ "id": {{new string('9', 10_000_000)}}, "at": {{new string('1', 4000)}}e999999999 }""")).Json;

        ThreadWork.IsBounded(TimeSpan.FromSeconds(1), () =>
        {
            Assert.Null(value["id"].Text);
            Assert.Null(value["id"].Number);
            Assert.Null(value["at"].Time);
        });
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_before_it_is_looked_at()
    {
        var reading = ImportSources.Read([new SourceFile("big.json", new byte[SourceLimits.BytesMax + 1])]);

        Assert.Equal("too_large", reading.Refusal!.Code);
    }

    [Fact]
    public void Raw_line_feeds_a_mark_and_a_callback_are_borne()
    {
        Assert.Equal("a\nb", new SourceFile("x", Encoding.UTF8.GetBytes("\uFEFF{ \"t\": \"a\nb\" }")).Json["t"].Text);
        Assert.Equal("c", new SourceFile("x", Encoding.UTF8.GetBytes("jsonCallback({ \"t\": \"c\" });  ")).Json["t"].Text);
        Assert.Equal("ü", new SourceFile("x", (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{ \"t\": \"ü\" }")]).Json["t"].Text);
    }

    [Fact]
    public void A_lone_surrogate_hurts_nothing()
    {
        var value = new SourceFile("x", Encoding.UTF8.GetBytes("""{ "t": "\ud800", "n": "1e5", "b": "true" }""")).Json;

        Assert.Equal(100_000, value["n"].Number);
        Assert.True(value["b"].Truth);
        Assert.Null(value["t"].Number);
    }

    private static string Refuse(string json)
    {
        ImportRefusal? refusal = null;
        ThreadWork.IsBounded(TimeSpan.FromSeconds(2), () =>
            refusal = ImportSources.Read([new SourceFile("x.json", Encoding.UTF8.GetBytes(json))]).Refusal);

        Assert.NotNull(refusal);
        return refusal.Sentence;
    }
}

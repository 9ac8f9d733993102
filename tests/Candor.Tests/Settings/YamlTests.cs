using System.Text;
using Candor.Settings.Entries;

namespace Candor.Tests.Settings;

public sealed class YamlTests
{
    private static (Entry? Root, IReadOnlyList<Fault> Faults) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static (Entry? Root, IReadOnlyList<Fault> Faults) Read(byte[] file)
    {
        var faults = new Faults();
        var root = Yaml.Read(file, faults);
        return (root, faults.Sorted());
    }

    [Fact]
    public void Every_entry_knows_its_line_its_column_and_its_path_in_words()
    {
        var (root, faults) = Read("page:\n  name: Heron\ncomponents:\n  - name: Mail\n    monitors: [mail, smtp]\n");

        Assert.Empty(faults);
        var name = root!.Find("page")!.Find("name")!;
        Assert.Equal((2, 9, "page.name", "Heron"), (name.Line, name.Column, name.Path, name.Text));
        var smtp = root.Find("components")!.Items(new Faults())[0].Find("monitors")!.Items(new Faults())[1];
        Assert.Equal((5, 22, "components.Mail.monitors#2"), (smtp.Line, smtp.Column, smtp.Path));
    }

    [Fact]
    public void A_key_that_nobody_asked_for_is_a_fault_with_the_word_that_was_meant()
    {
        var (root, _) = Read("page:\n  nmae: Heron\n  logo: x.svg\n");
        var faults = new Faults();
        root!.Find("page")!.Find("name");
        root.RefuseUnknown(faults);

        Assert.Equal(
            ["line 2, column 3: page.nmae is not a setting: did you mean “name”?",
             "line 3, column 3: page.logo is not a setting: known here are name"],
            faults.Sorted().Select(f => f.ToString()));
    }

    [Fact]
    public void SEC_38_A_hundred_thousand_nested_lists_are_one_fault_and_not_a_crash()
    {
        foreach (var bomb in (string[])["[", "{a: ", "- ", "? ", "[{a: "])
        {
            var (root, faults) = Read(string.Concat(Enumerable.Repeat(bomb, 100_000)));

            Assert.Null(root);
            Assert.Single(faults);
        }
    }

    [Theory]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]")]
    [InlineData("a: *a")]
    [InlineData("<<: *base")]
    public void SEC_38_An_alias_or_an_anchor_is_refused_before_anything_is_multiplied(string text) =>
        Assert.Contains("write", Assert.Single(Read(text).Faults).Remedy, StringComparison.Ordinal);

    [Fact]
    public void SEC_38_No_bomb_costs_more_than_a_moment()
    {
        string[] bombs =
        [
            new string('[', 1_000_000), new string('{', 1_000_000), string.Concat(Enumerable.Repeat("- ", 500_000)),
            string.Concat(Enumerable.Repeat("? ", 500_000)), "[" + string.Concat(Enumerable.Repeat("a,", 500_000)),
            new string('a', 1_000_000) + ":", "a: \"" + new string('x', 1_000_000), "a: " + new string('9', 1_000_000),
            new string(' ', 1_000_000), new string('#', 1_000_000), string.Concat(Enumerable.Repeat("&a ", 300_000)),
            "a: |\n" + string.Concat(Enumerable.Repeat(" x\n", 300_000)), new string('-', 1_000_000), new string('!', 1_000_000),
            string.Concat(Enumerable.Repeat("a: 1\n", 200_000)), string.Concat(Enumerable.Repeat("\"\\u0041\"", 100_000)),
            string.Concat(Enumerable.Repeat("---\n", 250_000)), "%" + new string('x', 1_000_000),
        ];
        var slow = bombs
            .Where(bomb => ThreadWork.BlowsUp(TimeSpan.FromMilliseconds(100), () => Read(bomb), out _))
            .Select(bomb => bomb[..Math.Min(12, bomb.Length)]);

        Assert.Empty(slow);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, "line 1, column 1: the file is UTF-16: save it as UTF-8")]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0xE4 }, "line 2, column 2: the file holds bytes that are not UTF-8: save it as UTF-8")]
    [InlineData(new byte[] { 0x61, 0x00 }, "line 1, column 2: the file holds the invisible character U+0000: remove it")]
    [InlineData(new byte[0], "line 1, column 1: the file is empty: begin with “page:” and “monitors:”")]
    public void Bytes_that_are_not_text_are_named_with_their_place(byte[] file, string expected) =>
        Assert.Equal(expected, Assert.Single(Read(file).Faults).ToString());

    [Fact]
    public void A_file_above_a_mebibyte_is_not_even_parsed() =>
        Assert.Contains("below 1 MiB", Assert.Single(Read(new byte[Yaml.BytesMax + 1]).Faults).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Every_tab_that_indents_is_named_at_once() =>
        Assert.Equal([2, 3], Read("page:\n\tname: x\n\turl: y\n").Faults.Select(f => f.Line));

    [Fact]
    public void A_key_given_twice_names_both_places() =>
        Assert.Equal(
            "line 3, column 1: page is given twice, first on line 1: keep one of the two",
            Assert.Single(Read("page: 1\nmonitors: 2\npage: 3\n").Faults).ToString());
}

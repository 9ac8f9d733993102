using Candor.Probing;
using Candor.Settings;

namespace Candor.Tests.Settings;

/// <summary>
/// Every way to break a settings file, with the exact answer beside it. A new fault begins here:
/// <c>&lt;what&gt;-&lt;fault&gt;.yaml</c> and <c>.txt</c>; CANDOR_APPROVE=1 writes the answers for review.
/// </summary>
public sealed class BrokenFilesTests
{
    private static readonly string Folder = Sources.Path("tests", "Candor.Tests", "Settings", "testdata");

    /// <summary>The list of kinds grows; the answers that name it stay.</summary>
    private static readonly string Kinds = string.Join(", ", CheckKinds.All.Select(kind => kind.Key));

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_broken_file_is_answered_with_exactly_these_words(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var answer = new SettingsReader(CheckKinds.All)
            .Read(await File.ReadAllBytesAsync(Path.Combine(Folder, name + ".yaml"), cancellation));
        var said = string.Concat(answer.Faults.Select(fault => fault + "\n")).Replace(Kinds, "(every kind)", StringComparison.Ordinal);
        var expected = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("CANDOR_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(expected, said, cancellation);
        }

        Assert.Null(answer.Declaration);
        Assert.Equal(await File.ReadAllTextAsync(expected, cancellation), said);
    }

    [Fact]
    public void There_are_at_least_sixty_of_them_and_none_without_an_answer()
    {
        Assert.True(Files().Count >= 60);
        Assert.All(Files(), file => Assert.True(File.Exists(Path.Combine(Folder, $"{file.Data}.txt"))));
    }

    [Fact]
    public void No_answer_needs_more_than_one_sentence_and_every_one_says_what_to_do() =>
        Assert.All(Directory.GetFiles(Folder, "*.txt").SelectMany(File.ReadAllLines), line =>
        {
            Assert.Matches(@"^line \d+, column \d+: .+: .+$", line);
            Assert.True(line.Length < 260, line);
        });
}

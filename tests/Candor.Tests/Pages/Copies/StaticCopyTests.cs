using System.Text;
using System.Text.RegularExpressions;
using Candor.Pages;
using Candor.Pages.Copies;

namespace Candor.Tests.Pages.Copies;

public sealed partial class StaticCopyTests
{
    [Theory]
    [InlineData("/", "index.html")]
    [InlineData("/404", "404.html")]
    [InlineData("/history", "history/index.html")]
    [InlineData("/incidents/i1", "incidents/i1/index.html")]
    [InlineData("/api/v2/summary.json", "api/v2/summary.json")]
    [InlineData("/assets/candor-1.js", "assets/candor-1.js")]
    public void Every_path_has_a_file_that_any_host_finds(string path, string file) => Assert.Equal(file, StaticCopy.FileOf(path));

    [Fact]
    public async Task Every_link_of_every_page_leads_to_a_file_of_the_copy_or_to_another_host()
    {
        var files = await CopyAsync(SampleBriefs.Outage());

        Assert.Contains("index.html", files.Keys);
        Assert.Contains("status.json", files.Keys);
        Assert.Contains("feed.atom", files.Keys);
        foreach (var (file, content) in files.Where(one => one.Key.EndsWith(".html", StringComparison.Ordinal) && one.Key != "404.html"))
        {
            foreach (Match link in Links().Matches(content))
            {
                var target = link.Groups["to"].Value;
                if (target.StartsWith('#') || target.StartsWith("https://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal) || target.StartsWith("data:", StringComparison.Ordinal))
                {
                    continue;
                }

                var whole = new Uri(new Uri("file:///copy/" + file), target.Split('#')[0]).AbsolutePath["/copy/".Length..];
                Assert.True(files.ContainsKey(whole), $"{file} links to {target}, which is no file");
            }
        }
    }

    [Fact]
    public async Task A_copy_says_of_what_moment_it_is_and_leads_to_the_page_itself()
    {
        var brief = SampleBriefs.Outage();
        var files = await CopyAsync(brief with { World = brief.World with { Page = brief.World.Page with { Url = "https://status.example.com" } } });

        Assert.Contains("This is the page as it was on", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("href=\"https://status.example.com/\">Back to now", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("href=\"../../history/index.html\"", files["incidents/now000000001/index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("\"/incidents/", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("\"https://status.example.com/incidents/now000000001?at=", files["incidents/now000000001/index.html"], StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> CopyAsync(Brief brief)
    {
        var then = brief with { IsPast = true };
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var one in StaticCopy.OfAsync(then, Catalogue.FrontOf(then).Concat(Catalogue.ArchiveOf(then)), [], TestContext.Current.CancellationToken))
        {
            files.Add(one.Path, Encoding.UTF8.GetString(one.Content));
        }

        return files;
    }

    [GeneratedRegex(" (href|src)=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Links();
}

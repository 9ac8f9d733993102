using System.Text;
using System.Text.RegularExpressions;
using Candor.Pages.Copies;

namespace Candor.Tests.Pages.Copies;

public sealed partial class EditionCopyTests : IDisposable
{
    private readonly PublisherRig rig = new PublisherRig().Started();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void An_edition_becomes_files_with_links_that_lead_to_them_or_to_the_page_itself()
    {
        rig.Happen(MadeUpWorld.Opened("incident0001", rig.Now, "Homepage is down", MadeUpWorld.Homepage));
        rig.Pass(TimeSpan.FromSeconds(2));
        var files = Files();

        Assert.Equal(rig.Read("/status.json"), files["status.json"]);
        Assert.Contains("Homepage is down", files["incidents/incident0001/index.html"], StringComparison.Ordinal);
        Assert.Contains("This is a copy of the page, made at <time datetime=\"2026-03-01T09:01", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://status.example.com\">The page itself</a>", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("href=\"https://status.example.com/subscribe\"", files["index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("subscribe/index.html", files.Keys);
        foreach (var (file, content) in files.Where(one => one.Key.EndsWith(".html", StringComparison.Ordinal) && one.Key != "404.html"))
        {
            foreach (var target in Links().Matches(content).Select(static link => link.Groups["to"].Value)
                .Where(static to => !to.StartsWith('#') && !to.StartsWith("https://", StringComparison.Ordinal) && !to.StartsWith("data:", StringComparison.Ordinal)))
            {
                var whole = new Uri(new Uri("file:///copy/" + file), target.Split('#')[0]).AbsolutePath["/copy/".Length..];
                Assert.True(files.ContainsKey(whole), $"{file} links to {target}, which is no file");
            }
        }
    }

    [Fact]
    public void What_is_no_page_to_look_at_is_the_same_byte_for_byte()
    {
        var files = Files();
        foreach (var (path, page) in rig.Publisher.Edition.Front.Where(one => !one.Value.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal)))
        {
            Assert.Equal(Encoding.UTF8.GetString(page.Identity.Bytes.Span), files[StaticCopy.FileOf(path)]);
        }
    }

    private Dictionary<string, string> Files() => EditionCopy.Of(rig.Publisher.Edition, rig.Publisher.Edition.RenderedAt)
        .ToDictionary(static file => file.Path, static file => Encoding.UTF8.GetString(file.Content));

    [GeneratedRegex(" (href|src|action)=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Links();
}

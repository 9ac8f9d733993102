using System.Text;
using Candor.Commands;
using Candor.Commands.Exports;
using Candor.Effects;
using Candor.Pages.Copies;

namespace Candor.Tests.Contracts;

/// <summary>A folder that a web host serves: whole at every instant, and never wider than what is ours.</summary>
public sealed class CopyFolderTests : IDisposable
{
    private static readonly StaticFile[] First = [Page("index.html", "front 1"), Page("assets/a-1.css", "css 1"), Page("incidents/i1/index.html", "old"), Page("status.json", "{1}")];
    private static readonly StaticFile[] Second = [Page("index.html", "front 2"), Page("assets/a-2.css", "css 2"), Page("incidents/i2/index.html", "new"), Page("status.json", "{2}")];

    private readonly TemporaryFolder folder = new();
    private readonly BreakingDisk disk = new();

    private string Root => Path.Combine(folder.Path, "www");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_holds_what_was_written_last_and_what_is_not_ours()
    {
        new CopyFolder(disk, Root).Become(First);
        File.WriteAllText(Path.Combine(Root, "CNAME"), "status.example.com");
        File.WriteAllText(Path.Combine(Root, "incidents", "notes.txt"), "mine");

        Assert.Equal(new(4, 2), new CopyFolder(disk, Root).Become(Second));

        Assert.Equal(
            ["CNAME", "assets/a-2.css", "incidents/i2/index.html", "incidents/notes.txt", "index.html", "status.json"], Held().Keys.Order(StringComparer.Ordinal));
        Assert.Equal("front 2", Held()["index.html"]);
        Assert.False(Directory.Exists(Path.Combine(Root, "incidents", "i1")));
    }

    [Fact]
    public void What_has_not_changed_is_not_touched_and_what_somebody_took_away_is_there_again()
    {
        var copy = new CopyFolder(disk, Root);
        copy.Become(First);
        Assert.Equal(default, copy.Become(First));
        Assert.Equal(default, new CopyFolder(disk, Root).Become(First));
        File.Delete(Path.Combine(Root, "status.json"));
        Assert.Equal(new(1, 0), copy.Become(First));
    }

    [Fact]
    public void The_front_page_comes_last_and_what_is_gone_goes_after_it()
    {
        new CopyFolder(disk, Root).Become(First);
        disk.Done.Clear();
        new CopyFolder(disk, Root).Become(Second);

        var pages = disk.Done.Where(one => !one.Contains(CopyFolder.Own, StringComparison.Ordinal)).ToList();
        Assert.Equal("write assets/a-2.css", pages[0]);
        Assert.Equal(
            ["write index.html", "delete assets/a-1.css", "delete assets/a-1.css.new", "delete incidents/i1/index.html", "delete incidents/i1/index.html.new"],
            pages[^5..]);
    }

    [Fact]
    public void Broken_off_anywhere_each_file_is_whole_and_the_next_start_mends_the_rest()
    {
        for (var steps = 0; ; steps++)
        {
            Directory.CreateDirectory(Root);
            Directory.Delete(Root, recursive: true);
            disk.BreaksAfter = int.MaxValue;
            new CopyFolder(disk, Root).Become(First);
            File.WriteAllText(Path.Combine(Root, "CNAME"), "mine");
            disk.BreaksAfter = steps;
            var isDone = Broke(Second);
            Assert.All(Held().Where(static one => one.Key != "CNAME"), one => Assert.Contains(First.Concat(Second), file => file.Path == one.Key && Encoding.UTF8.GetString(file.Content) == one.Value));

            // As after a kill: nothing is remembered but the disk.
            disk.BreaksAfter = int.MaxValue;
            new CopyFolder(disk, Root).Become(Second);
            Assert.Equal(Second.Select(static file => file.Path).Append("CNAME").Order(StringComparer.Ordinal), Held().Keys.Order(StringComparer.Ordinal));
            Assert.Equal("front 2", Held()["index.html"]);
            if (isDone)
            {
                Assert.True(steps > 8, "nothing was ever broken off");
                return;
            }
        }
    }

    [Fact]
    public void A_file_of_somebody_else_is_not_written_over()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "index.html"), "my own site");
        var fault = Assert.Throws<CommandFault>(() => new CopyFolder(disk, Root).Become(First));
        Assert.Contains("was not written by this command", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["index.html"], Held().Keys);
        Assert.Equal("my own site", Held()["index.html"]);
    }

    [Theory]
    [InlineData("../outside.html")]
    [InlineData("incidents/../../outside.html")]
    [InlineData("/etc/cron.d/x")]
    [InlineData("incidents//x")]
    [InlineData("incidents/./x")]
    [InlineData("incidents\\x")]
    [InlineData("a b")]
    [InlineData("incidents/\n/x")]
    [InlineData(".candor/files")]
    [InlineData("")]
    public void A_name_that_leads_elsewhere_is_refused_before_anything_is_written(string path)
    {
        Assert.Throws<CommandFault>(() => new CopyFolder(disk, Root).Become([.. First, Page(path, "x")]));
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void A_list_that_somebody_has_changed_removes_nothing_outside()
    {
        var outside = Path.Combine(folder.Path, "precious.txt");
        File.WriteAllText(outside, "mine");
        new CopyFolder(disk, Root).Become(First);
        File.AppendAllText(Path.Combine(Root, CopyFolder.Own, "files"), "\n../precious.txt\n" + outside);
        new CopyFolder(disk, Root).Become(Second);
        Assert.True(File.Exists(outside));
    }

    private static StaticFile Page(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private bool Broke(StaticFile[] files)
    {
        try
        {
            new CopyFolder(disk, Root).Become(files);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Dictionary<string, string> Held() => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(static path => !path.StartsWith(CopyFolder.Own, StringComparison.Ordinal))
        .ToDictionary(static path => path, path => File.ReadAllText(Path.Combine(Root, path)));

    /// <summary>The real disk, which takes so many steps and no more.</summary>
    private sealed class BreakingDisk : IDisk
    {
        private readonly SystemDisk inner = new(forEverybody: true);

        public int BreaksAfter { get; set; } = int.MaxValue;

        public List<string> Done { get; } = [];

        public byte[]? Read(string path, long limitBytes) => inner.Read(path, limitBytes);

        public void Replace(string path, ReadOnlySpan<byte> content)
        {
            Step("write", path);
            inner.Replace(path, content);
        }

        public void Delete(string path)
        {
            Step("delete", path);
            inner.Delete(path);
        }

        public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) => inner.Stat(path);

        public long FreeBytes(string path) => inner.FreeBytes(path);

        public IReadOnlyList<string> List(string folder) => inner.List(folder);

        private void Step(string what, string path)
        {
            if (BreaksAfter-- <= 0)
            {
                throw new IOException("No space left on device");
            }

            Done.Add($"{what} {path[(path.IndexOf("/www/", StringComparison.Ordinal) + 5)..]}");
        }
    }
}

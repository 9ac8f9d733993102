using Candor.Commands;
using Candor.Effects;
using Candor.Probing;
using Candor.Tests.Commands;

namespace Candor.Tests.Contracts;

public sealed class ApplyCommandTests : IDisposable
{
    private const string File = """
        page: { name: Heron }
        components:
          - { name: Homepage, monitors: [homepage] }
        monitors:
          homepage: { http: https://example.com/, expect: { within: 2s } }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_plan_is_shown_done_and_then_empty()
    {
        var dry = await ApplyAsync(File, " --dry-run");
        Assert.Equal(
            """
              ~ page
                  name  Candor → Heron
              + monitor homepage
                  http                https://example.com/
                  http.within         2s
                  every               1m
                  timeout             10s
                  judging.down_after  2
                  judging.up_after    2
              + component Homepage
                  name      Homepage
                  place     1
                  monitors  homepage
            2 to add, 1 to change, 0 to remove.
            Nothing was changed: this was a dry run.

            """,
            dry.Output);
        Assert.False(Directory.Exists(folder["data"]));

        var done = await ApplyAsync(File);
        Assert.Equal((Exit.Done, ""), (done.Exit, done.Error));
        Assert.EndsWith("Done.\n", done.Output, StringComparison.Ordinal);

        Assert.Equal("Nothing to do: what runs is what the file says.\n", (await ApplyAsync(File)).Output);
        Assert.Contains("every  1m → 30s", (await ApplyAsync(
            File.Replace("expect:", "every: 30s, expect:", StringComparison.Ordinal), " --dry-run")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_a_server_holds_is_left_alone_but_can_be_compared_with()
    {
        using var held = FolderLock.Take(folder["data"]);

        var said = await ApplyAsync(File);
        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("A server is working in", said.Error, StringComparison.Ordinal);
        Assert.Contains("next: Save the file where that server watches it", said.Error, StringComparison.Ordinal);
        Assert.Equal(Exit.Done, (await ApplyAsync(File, " --dry-run")).Exit);
    }

    [Fact]
    public async Task A_broken_file_is_explained_and_nothing_is_written()
    {
        var said = await ApplyAsync("page: {}\n");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("page has no “name”", said.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task A_server_over_the_network_is_honestly_refused()
    {
        var said = await ApplyAsync(File, " --server http://127.0.0.1:8081");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("not in this version", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_folder_is_made_for_its_owner_alone()
    {
        await ApplyAsync(File);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            System.IO.File.GetUnixFileMode(folder["data"]));
    }

    public void Dispose() => folder.Dispose();

    private async Task<Shell> ApplyAsync(string text, string options = "")
    {
        await System.IO.File.WriteAllTextAsync(folder["candor.yaml"], text, TestContext.Current.CancellationToken);
        return await Shell.RunAsync(
            $"candor apply -f {folder["candor.yaml"]} --data {folder["data"]}{options}",
            terminal => ApplyCommand.Create(terminal, new SystemDisk(), CheckKinds.All));
    }
}

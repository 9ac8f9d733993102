using Candor.Commands;
using Candor.Commands.Imports;
using Candor.Effects;
using Candor.Importing;
using Candor.Tests.Contracts;

namespace Candor.Tests.Commands;

/// <summary>What other pages keep, from the command line: files and folders, named and found out.</summary>
public sealed class DataImportTests : IDisposable
{
    private const string Page = """
        { "page": { "id": "abcdefghijkl", "name": "Heron" }, "incidents": [ { "id": "i1", "name": "Slow", "status": "resolved", "impact": "minor", "resolved_at": "2024-03-01T10:30:00Z",
          "incident_updates": [ { "status": "resolved", "body": "Over.", "display_at": "2024-03-01T10:30:00Z" }, { "status": "investigating", "body": "Looking.", "display_at": "2024-03-01T10:00:00Z" } ] } ] }
        """;

    private const string CState = "title: Heron\nparams:\n  systems:\n    - { name: Login }\n    - { name: Mail }\n";

    private const string CStateIssue = "---\ntitle: Slow login\ndate: 2024-03-01 10:00:00\nresolved: true\nresolvedWhen: 2024-03-01 11:00:00\nseverity: down\naffected: [Login]\nsection: issue\n---\nIt was slow.\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_kind_of_the_catalogue_is_a_word_of_the_command() =>
        Assert.Equal(["text", "auto", .. ImportSources.All.Select(source => source.Name)], ImportTable.All.Select(source => source.Name));

    [Theory]
    [InlineData("statuspage")]
    [InlineData("auto")]
    public async Task A_file_is_previewed_by_its_kind_and_by_what_it_is_found_to_be(string kind)
    {
        Write("page.json", Page);

        var said = await ImportAsync(kind, "page.json");

        Assert.Equal((Exit.Done, ""), (said.Exit, said.Error));
        Assert.Contains("Mar 1, 2024, 10:00 UTC        investigating Looking.", said.Output, StringComparison.Ordinal);
        Assert.Contains("Read 1 incident and 2 updates.", said.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cstate")]
    [InlineData("auto")]
    public async Task A_repository_is_read_without_what_was_built_and_without_what_links_lead_to(string kind)
    {
        Write("site/config.yml", CState);
        Write("site/content/issues/2024-03-01-slow.md", CStateIssue);
        Write("site/themes/cstate/exampleSite/content/issues/example.md", CStateIssue.Replace("Slow login", "An example", StringComparison.Ordinal));
        Write("elsewhere/issues/secret.md", CStateIssue.Replace("Slow login", "A secret", StringComparison.Ordinal));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "site/content/issues/linked.md"), Path.Combine(folder.Path, "elsewhere/issues/secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "site/linked"), Path.Combine(folder.Path, "elsewhere"));

        var said = await ImportAsync(kind, "site");

        Assert.Equal((Exit.Done, ""), (said.Exit, said.Error));
        Assert.Contains("Slow login", said.Output, StringComparison.Ordinal);
        Assert.Contains("Read 1 incident, 1 update, and 2 components.", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_of_another_kind_is_refused_with_what_to_do()
    {
        Write("page.json", Page);

        var said = await ImportAsync("cachet", "page.json");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("page.json is not what Cachet writes.\n  next: Let the kind be found with auto, or name another of incidentio", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_several_kinds_in_one_folder_want_a_word()
    {
        Write("both/page.json", Page);
        Write("both/config.yml", CState);

        var refused = await ImportAsync("auto", "both");
        Assert.Equal(Exit.Failed, refused.Exit);
        Assert.Contains("holds files of several kinds: cState (config.yml), Atlassian Statuspage (page.json).", refused.Error, StringComparison.Ordinal);

        var named = await ImportAsync("statuspage", "both");
        Assert.Equal(Exit.Done, named.Exit);
        Assert.Contains("1 of 2 files are not of this kind", named.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_page_says_so()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "empty"));

        var said = await ImportAsync("auto", "empty");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("holds no file that could be one of a page", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pasted_text_is_one_file_and_data_takes_no_hints()
    {
        Write("site/config.yml", CState);

        Assert.Contains("is a folder", (await ImportAsync("text", "site")).Error, StringComparison.Ordinal);
        Assert.Equal(Exit.WrongUsage, (await ImportAsync("cstate", "site", " --date 2024-03-01")).Exit);
    }

    private void Write(string path, string text)
    {
        var whole = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, text);
    }

    private Task<Shell> ImportAsync(string kind, string path, string options = "") =>
        Shell.RunAsync($"candor import {kind} {Path.Combine(folder.Path, path)} --dry-run --data /nowhere{options}", terminal => ImportCommand.Create(terminal, new SystemDisk(), new Candor.Drills.Simulation.SeededRandomness(1), static _ => null, ImportTable.All));
}

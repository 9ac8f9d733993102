using Candor.Commands;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Contracts;
using Candor.Tests.Pages;
using static Candor.Tests.Pages.MadeUpWorld;

namespace Candor.Tests.Commands;

/// <summary>A static copy lies on a web host that asks nobody: it holds what everybody may know, and nothing else.</summary>
public sealed class StaticExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Copy => Path.Combine(folder.Path, "copy");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task SEC_09_What_is_for_one_audience_is_in_no_file_of_a_static_copy()
    {
        await FillAsync(new ComponentAdded(Start, new(new("vault0000000"), "Vault of the bank", null, 3) { OnlyFor = ["bank"] }),
            Opened("secret000001", Start.AddHours(1), "The vault is open", new ComponentId("vault0000000")) with { OnlyFor = ["bank"] },
            Opened("public000001", Start.AddHours(1), "Mail waits", Mail));

        Assert.Equal(0, (await ExportAsync()).Exit);

        var files = Directory.GetFiles(Copy, "*", SearchOption.AllDirectories);
        Assert.Contains(files, static file => File.ReadAllText(file).Contains("Mail waits", StringComparison.Ordinal));
        Assert.DoesNotContain(files, static file => file.Contains("secret000001", StringComparison.Ordinal) || file.Contains("vault0000000", StringComparison.Ordinal));
        Assert.All(files, static file => Assert.DoesNotMatch("Vault of the bank|vault is open|vault0000000|secret000001", File.ReadAllText(file)));
    }

    [Fact]
    public async Task SEC_06_A_private_page_is_not_written_into_a_folder_at_all()
    {
        await FillAsync(new PageConfigured(Start, new Page("heroncopier0", "Heron Copier", "UTC") { Audiences = ["staff"], OnlyFor = ["staff"] }));

        var shell = await ExportAsync();

        Assert.NotEqual(0, shell.Exit);
        Assert.Contains("This page is private", shell.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copy));
    }

    [Theory]
    [InlineData("/etc/passwd", "notes.txt")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "../../../escaped.txt")]
    public async Task SEC_19_What_an_imported_journal_calls_a_file_leads_out_of_no_folder(string hash, string name)
    {
        var data = Path.Combine(folder.Path, "data", "files");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, new('0', 64)), "of the folder", Ct);
        await FillAsync(Opened("public000001", Start.AddHours(1), "Mail waits", Mail) with { Files = [new(hash, name, "text/plain", 13)] });

        Assert.Equal(0, (await ExportAsync()).Exit);

        Assert.False(Directory.Exists(Path.Combine(Copy, "files")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "escaped.txt")));
    }

    private Task<Shell> ExportAsync() => Shell.RunAsync(
        $"candor export --static {Copy} --data {Path.Combine(folder.Path, "data")}", static terminal => ExportCommand.Create(terminal));

    private async Task FillAsync(params Event[] more)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        await using var store = await SqliteJournalStore.OpenAsync(OfflineJournal.FileIn(Path.Combine(folder.Path, "data")), Ct);
        var page = new PageConfigured(Start, new Page("heroncopier0", "Heron Copier", "UTC") { Audiences = ["bank"] });
        await store.AppendAsync(
            Position.Start, [.. Facts().Append(page).Concat(more).Select(static one => new NewEvent(Kinds.NameOf(one), Kinds.Encode(one), one.At, one.At))], Start.AddHours(2), Ct);
    }
}

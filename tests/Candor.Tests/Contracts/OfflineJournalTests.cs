using Candor.Commands;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;

namespace Candor.Tests.Contracts;

/// <summary>What a command does to a folder in which no server works.</summary>
public sealed class OfflineJournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Saved_pages_go_where_somebody_may_not_see_any_more_what_is_in_them()
    {
        var (data, mail) = (folder["data"], new ComponentDefinition(MadeUpWorld.Mail, "Mail", null, 0));
        Directory.CreateDirectory(data);
        await HappenAsync(data, new PageConfigured(MadeUpWorld.Start, new("heronheron00", "Heron", "UTC") { Audiences = ["staff"] }), new ComponentAdded(MadeUpWorld.Start, mail));
        foreach (var name in (string[])["pages", "pages-staff"])
        {
            await File.WriteAllTextAsync(Path.Combine(data, name), "saved", Ct);
        }

        await HappenAsync(data, new ComponentChanged(MadeUpWorld.Start, mail with { Name = "Mails" }));
        Assert.Equal(2, Directory.GetFiles(data, "pages*").Length);

        await HappenAsync(data, new ComponentChanged(MadeUpWorld.Start, mail with { OnlyFor = ["staff"] }));
        Assert.Empty(Directory.GetFiles(data, "pages*"));
    }

    private Task HappenAsync(string data, params Event[] facts) => OfflineJournal.CommitAsync(data, _ => facts, time, Ct);
}

namespace Candor.SystemTests.Journal;

public sealed class OneOwnerTests
{
    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused_with_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("candor-owner-").FullName;
        await using (var first = JournalWriter.Start(folder, writers: 1))
        {
            await first.Opened;
            await using var second = JournalWriter.Start(folder, writers: 1);

            Assert.Equal(1, await second.EndAsync());
            Assert.Contains("is in use by process", second.Errors, StringComparison.Ordinal);
            Assert.Empty(second.Acks);
        }

        await using (var third = JournalWriter.Start(folder, writers: 1, commits: 1))
        {
            Assert.Equal(0, await third.EndAsync());
        }

        Directory.Delete(folder, recursive: true);
    }
}

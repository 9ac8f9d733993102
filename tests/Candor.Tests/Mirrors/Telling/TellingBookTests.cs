using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What a mirror notes of whom it told, where its disk does not give it back.</summary>
public sealed class TellingBookTests
{
    private const string Link = "ada000000000.00ff";

    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly MemoryDisk disk = new();

    public TellingBookTests()
    {
        var book = new TellingBook(disk, "", time);
        foreach (var id in new[] { "4f8k2n6p9q1s", "7a8b9c0d1e2f" })
        {
            book.Begin(Word(id), 1);
            book.Note(id, id == "4f8k2n6p9q1s" ? "bob000000000.00ff" : Link, TellingOutcome.Told);
        }

        Assert.True(book.Leave(Link));
    }

    [Fact]
    public void Where_one_telling_cannot_be_read_the_links_of_the_others_lead_out_and_nobody_counts_it()
    {
        disk.Unreadable = "mirror.told.4f8k2n6p9q1s.0";
        var book = new TellingBook(disk, "", time);
        Assert.Equal("Permission denied", book.Restore());
        Assert.True(book.Knows(Link));
        Assert.Equal((false, true), (book.IsLoaded("4f8k2n6p9q1s"), book.IsLoaded("7a8b9c0d1e2f")));
    }

    [Fact]
    public void Where_it_cannot_be_read_it_is_not_written_over_and_who_has_left_is_known_when_it_can()
    {
        disk.Unreadable = TellingBook.FileName;
        var book = new TellingBook(disk, "", time);
        Assert.Equal("Permission denied", book.Restore());
        Assert.Throws<IOException>(() => book.Begin(Word("000000000000"), 1));

        disk.Unreadable = null;
        var again = new TellingBook(disk, "", time);
        Assert.Null(again.Restore());
        Assert.True(again.HasLeft(Link));
    }

    [Fact]
    public void Where_it_is_damaged_and_the_disk_is_full_the_mirror_starts_all_the_same()
    {
        disk.Replace(TellingBook.FileName, "nonsense"u8);
        disk.IsFull = true;
        Assert.Contains("could not be kept either", new TellingBook(disk, "", time).Restore(), StringComparison.Ordinal);
    }

    private Bulletin Word(string id) => new(id, id, time.GetUtcNow(), IncidentStatus.Investigating, "Down", "Down.");
}

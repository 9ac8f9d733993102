using System.Globalization;
using Candor.Mirrors;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors;

/// <summary>What a mirror keeps of bulletins that the publisher has by now: who is told of one, and how many were, is still to be known.</summary>
public sealed class BulletinBoardTests : IDisposable
{
    private const int Most = 50;

    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly MemoryDisk disk = new();
    private readonly SigningKey emergency = SigningKey.Make(new MemoryDisk(), "emergency.key");
    private readonly BulletinBoard board;

    public BulletinBoardTests() => board = new(disk, BulletinBoard.FileName, time);

    public void Dispose() => emergency.Dispose();

    [Fact]
    public void What_the_publisher_has_is_kept_while_there_is_room_and_the_newest_longest()
    {
        for (var i = 0; i < Most + 5; i++)
        {
            Assert.Null(Post(i));
            board.Fold(board.Waiting(emergency.Public).Single());
        }

        Assert.Null(board.Find(emergency.Public, IdOf(4)));
        Assert.Null(board.Find(null, IdOf(5)));
        var again = new BulletinBoard(disk, BulletinBoard.FileName, time);
        Assert.Null(again.Restore());
        Assert.All(Enumerable.Range(5, Most), i => Assert.True(again.Find(emergency.Public, IdOf(i)) is { IsFolded: true } found && found.Bulletin.Id == IdOf(i)));
        Assert.Empty(again.Shown(emergency.Public));
        Assert.Empty(again.Waiting(emergency.Public));
    }

    [Fact]
    public void What_it_does_not_have_is_kept_before_that()
    {
        Assert.Null(Post(0));
        board.Fold(board.Waiting(emergency.Public).Single());
        for (var i = 1; i <= Most; i++)
        {
            Assert.Null(Post(i));
        }

        Assert.Contains("50 bulletins already", Post(Most + 1), StringComparison.Ordinal);
        Assert.Null(board.Find(emergency.Public, IdOf(0)));
        Assert.Equal(Enumerable.Range(1, Most).Select(IdOf), board.Shown(emergency.Public).Select(static one => one.Id).Reverse());
        Assert.Equal(Most, board.Waiting(emergency.Public).Count);
    }

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"bulletin{number:0000}");

    private string? Post(int number)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        var signed = new Bulletin(IdOf(number), IdOf(number), time.GetUtcNow(), IncidentStatus.Investigating, "Down", "Down.").Write();
        return board.Take(emergency.Public, signed, emergency.Sign(Purpose.Bulletin, signed));
    }
}

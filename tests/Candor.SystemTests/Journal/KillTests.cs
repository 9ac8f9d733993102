using System.Globalization;

namespace Candor.SystemTests.Journal;

public sealed class KillTests(ITestOutputHelper output)
{
    private const int LivesPerJournal = 10;
    private const int Writers = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>1,000 for the promise in full: CANDOR_KILLS=1000.</summary>
    private static int Kills => int.TryParse(
        Environment.GetEnvironmentVariable("CANDOR_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 100;

    [Fact]
    public async Task P_01_An_acknowledged_event_is_never_lost_or_doubled()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (acked, stored) = (0L, 0L);
        for (var killed = 0; killed < Kills; killed += LivesPerJournal)
        {
            var folder = Directory.CreateTempSubdirectory("candor-kill-").FullName;
            var acks = new List<Acknowledged>();
            for (var life = 0; life < LivesPerJournal; life++)
            {
                acks.AddRange(await LiveAsync(folder, random));
            }

            var numbers = await StoredNumbers.ReadAsync(folder, Ct);
            Assert.True(StoredNumbers.Lost(numbers, acks) is { Count: 0 } , $"seed {seed}: acknowledged events are missing");
            acked += acks.Count;
            stored += numbers.Count;
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills, {acked} acknowledged, {stored} stored, lost 0, doubled 0, gaps 0 (seed {seed})"));

        // A busy machine's disk takes few of them; with hardly any, there would be nothing to lose.
        Assert.True(acked >= Kills * 10, $"only {acked} events were acknowledged: the drill proves nothing");
    }

    private static async Task<IReadOnlyCollection<Acknowledged>> LiveAsync(string folder, Random random)
    {
        await using var writer = JournalWriter.Start(folder, Writers);

        // One life in five ends while it starts: opening recovers, and that must survive a kill as well.
        if (random.Next(5) > 0)
        {
            await writer.Opened.WaitAsync(TimeSpan.FromMinutes(2), Ct);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 150)), Ct);
        await writer.KillAsync();
        return writer.Acks;
    }
}

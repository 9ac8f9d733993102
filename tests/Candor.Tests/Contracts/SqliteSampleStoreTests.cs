using Candor.Journal.Sqlite;
using Candor.Samples;
using Candor.Samples.Sqlite;
using Candor.State;
using Candor.Testing;

namespace Candor.Tests.Contracts;

public sealed class SqliteSampleStoreTests : SampleStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new(Noon);

    private string Path => folder["samples.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_that_is_no_database_is_put_aside_and_a_fresh_one_begun()
    {
        await File.WriteAllTextAsync(Path, new string('x', 9000), Ct);

        var fault = await Assert.ThrowsAsync<SampleFileDamagedException>(async () => await OpenAsync());

        Assert.StartsWith(Path + ".damaged-20260301T120000Z", fault.Quarantined, StringComparison.Ordinal);
        Assert.True(File.Exists(fault.Quarantined));
        await using var fresh = await OpenAsync();
        Assert.Equal(0, (await fresh.RecoverAsync(Noon, Ct)).LastWrite);
    }

    [Fact]
    public async Task A_page_damaged_deep_inside_puts_the_file_aside_when_it_is_met()
    {
        await using (var store = await OpenAsync())
        {
            await store.RecoverAsync(Noon, Ct);
            await store.WriteAsync(Write(1, 1) with
            {
                NewSeries = [new(1, Home, VantageId.Local)],
                Slots = [.. Enumerable.Range(0, 2000).Select(i => Slot(Tier.Day, Noon.AddDays(-i), false, 1, 2, 3))],
            }, Ct);
        }

        await using (var file = File.Open(Path, FileMode.Open))
        {
            file.Position = 4096 * 12;
            var noise = new byte[(int)(file.Length - file.Position)];
            Array.Fill(noise, (byte)0xA5);
            await file.WriteAsync(noise, Ct);
        }

        await using var broken = await OpenAsync();
        await Assert.ThrowsAsync<SampleFileDamagedException>(async () =>
        {
            await broken.RecoverAsync(Noon, Ct);
            await broken.LoadAsync(Noon, static _ => { }, Ct);
        });
        await using var fresh = await OpenAsync();
        Assert.Equal(0, (await fresh.RecoverAsync(Noon, Ct)).LastWrite);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_left_out_and_counted()
    {
        await using (var store = await OpenAsync())
        {
            await store.RecoverAsync(Noon, Ct);
            await store.WriteAsync(Write(1, 1) with { Slots = [Slot(Tier.Day, Noon, false, 1), Slot(Tier.Hour, Noon, false, 1)] }, Ct);
        }

        using (var other = Database.OpenWriter(Path))
        {
            other.Execute("UPDATE rollup SET body = x'01FFFF' WHERE tier = 1;");
        }

        await using var again = await OpenAsync();
        await again.RecoverAsync(Noon, Ct);
        var read = 0;
        Assert.Equal(1, await again.LoadAsync(Noon, _ => read++, Ct));
        Assert.Equal(1, read);
    }

    /// <summary>A flipped bit in a number: the file reads well, and the time or the slot is nowhere.</summary>
    [Theory]
    [InlineData("UPDATE gauge SET at = -138965121955328", 0, 1)]
    [InlineData("UPDATE gauge SET at = 253402300800000", 0, 1)]
    [InlineData("UPDATE gauge SET slot = slot + 1073741824", 0, 1)]
    [InlineData("UPDATE value SET at = at + 4611686018427387904", 1, 0)]
    [InlineData("UPDATE rollup SET slot = slot + 1073741824", 1, 1)]
    public async Task P_03_What_is_dated_outside_the_calendar_is_left_out(string damage, int gauges, int values)
    {
        await using (var store = await OpenAsync())
        {
            await store.RecoverAsync(Noon, Ct);
            await store.WriteAsync(Write(1, 1) with
            {
                NewSeries = [new(1, Home, VantageId.Local)],
                Slots = [Slot(Tier.Day, Noon, false, 1)],
                Gauges = [(1, new("days", "days", Tier.Hour.SlotOf(Noon), Noon, 31, 31, 32, 63, 2))],
                Values = [new("m", Tier.Hour, Tier.Hour.SlotOf(Noon), Noon, 1, 1, 1, 1, 1)],
            }, Ct);
        }

        using (var other = Database.OpenWriter(Path))
        {
            other.Execute(damage);
        }

        await using var again = await OpenAsync();
        Assert.Equal(gauges, (await again.RecoverAsync(Noon, Ct)).Gauges.Count);
        Assert.Equal(values, (await again.ReadValuesAsync(Noon.AddHours(-1), Ct)).Count);
        Assert.Equal(0, await again.LoadAsync(Noon, static one => Assert.True(one.Slot < 1 << 20), Ct));
    }

    /// <summary>
    /// Samples carry no checksums of their own: they are measurements, and a wrong digit is a wrong pixel. But no flipped
    /// bit may do more than that: the file is put aside, a row left out, or a number changed.
    /// </summary>
    [Fact]
    public async Task P_03_A_flipped_bit_in_the_samples_stops_nothing()
    {
        await using (var store = await OpenAsync())
        {
            await store.RecoverAsync(Noon, Ct);
            await store.WriteAsync(Write(1, 1) with
            {
                NewSeries = [new(1, Home, VantageId.Local)],
                Samples = [.. Enumerable.Range(0, 200).Select(i => Sample(Noon.AddSeconds(i), 100 + i))],
                Slots = [.. Enumerable.Range(0, 200).Select(i => Slot(Tier.Day, Noon.AddDays(-i), false, 1, 2, 3))],
                Gauges = [(1, new("days", "days", Tier.Hour.SlotOf(Noon), Noon, 31, 31, 32, 63, 2))],
            }, Ct);
        }

        var good = await File.ReadAllBytesAsync(Path, Ct);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var aside = 0;
        for (var i = 0; i < SqliteDamageTests.Flips / 3; i++)
        {
            var spoilt = (byte[])good.Clone();
            var bit = random.NextInt64(spoilt.Length * 8L);
            spoilt[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            foreach (var file in Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!))
            {
                File.Delete(file);
            }

            await File.WriteAllBytesAsync(Path, spoilt, Ct);
            try
            {
                await using var store = await OpenAsync();
                var stored = await store.RecoverAsync(Noon, Ct);
                await store.LoadAsync(Noon, static _ => { }, Ct);
                await store.ReadAsync(Home, Noon, Noon.AddHours(1), 1_000, Ct);
                await store.WriteAsync(Write(stored.LastWrite + 1, stored.LastWrite + 1), Ct);
            }
            catch (IOException)
            {
                aside++;
            }
            catch (Exception fault)
            {
                Assert.Fail($"bit {bit} (seed {seed}): {fault}");
            }
        }

        Assert.True(aside > 0, "Not one flip was found.");
    }

    [Fact]
    public async Task Only_the_newest_damaged_files_are_kept()
    {
        for (var i = 0; i < 6; i++)
        {
            await File.WriteAllTextAsync(Path, new string('x', 9000), Ct);
            await Assert.ThrowsAsync<SampleFileDamagedException>(async () => await OpenAsync());
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, "*.damaged-*").Length);
    }

    [Fact]
    public async Task A_file_of_a_newer_build_is_refused_with_a_sentence_and_left_alone()
    {
        await (await OpenAsync()).DisposeAsync();
        using (var other = Database.OpenWriter(Path))
        {
            other.Execute("PRAGMA user_version=99;");
        }

        var fault = await Assert.ThrowsAsync<IOException>(async () => await OpenAsync());

        Assert.Contains("format 99", fault.Message, StringComparison.Ordinal);
    }

    private protected override ValueTask<ISampleStore> OpenAsync() => SqliteSampleStore.OpenAsync(Path, time, Ct);
}

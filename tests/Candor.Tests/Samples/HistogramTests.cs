using Candor.Samples;
using FsCheck;
using FsCheck.Fluent;

namespace Candor.Tests.Samples;

public sealed class HistogramTests
{
    // Microseconds as probes produce them: mostly small, sometimes minutes, never beyond the longest bucket.
    private static readonly Arbitrary<long[]> Times = Gen.Choose(0, 31)
        .SelectMany(static bits => Gen.Choose(0, int.MaxValue).Select(n => (long)n & ((1L << bits) - 1)))
        .ArrayOf().ToArbitrary();

    [Fact]
    public void An_empty_histogram_has_no_percentiles()
    {
        Assert.Null(new Histogram().Percentile(0.5));
        Assert.Equal(0, new Histogram().Count);
    }

    [Fact]
    public void A_percentile_is_within_one_in_128_of_the_reading_of_that_rank() =>
        Prop.ForAll(Times, Gen.Choose(0, 1000).ToArbitrary(), static (times, permille) =>
        {
            var share = permille / 1000.0;
            var exact = times.Order().ElementAtOrDefault(
                Math.Clamp((int)Math.Ceiling(share * times.Length), 1, Math.Max(1, times.Length)) - 1);
            var found = Of(times).Percentile(share);
            return times.Length == 0 ? found is null : Math.Abs(found!.Value.TotalMicroseconds - exact) <= exact / 128.0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_is_associative_and_commutative_and_the_same_as_adding() =>
        Prop.ForAll(Times, Times, Times, static (a, b, c) =>
        {
            var left = Merged(Merged(Of(a), Of(b)), Of(c));
            var right = Merged(Of(c), Merged(Of(b), Of(a)));
            return Encoded(left).SequenceEqual(Encoded(right)) && Encoded(left).SequenceEqual(Encoded(Of([.. a, .. b, .. c])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_histogram_survives_being_written_and_read() =>
        Prop.ForAll(Times, static times =>
        {
            var bytes = Encoded(Of(times));
            var from = new ByteReader(bytes);
            var read = Histogram.Decode(ref from);
            return from.AtEnd && read.Count == times.Length && Encoded(read).SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_bytes_are_refused_or_read_but_never_anything_else() =>
        Prop.ForAll(Times, Gen.Choose(0, 255).ArrayOf().ToArbitrary(), static (times, noise) =>
        {
            var bytes = Encoded(Of(times));
            for (var i = 0; i < noise.Length && bytes.Length > 0; i++)
            {
                bytes[(i * 31) % bytes.Length] ^= (byte)noise[i];
            }

            try
            {
                var from = new ByteReader(bytes);
                return Histogram.Decode(ref from).Count >= 0;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Percentiles_rise_with_the_share() =>
        Prop.ForAll(Times, static times =>
        {
            var h = Of([.. times, 5]);
            return h.Percentile(0.05) <= h.Percentile(0.5) && h.Percentile(0.5) <= h.Percentile(0.95);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(127, 127)]
    [InlineData(long.MaxValue / 1000, Histogram.LongestMicroseconds)]
    [InlineData(-5, 0)]
    public void The_ends_of_the_scale_hold(long microseconds, double expected)
    {
        var found = Of([microseconds]).Percentile(1)!.Value.TotalMicroseconds;

        Assert.InRange(found, expected * (1 - (1 / 128.0)), expected * (1 + (1 / 128.0)));
    }

    [Fact]
    public void An_hour_of_a_steady_service_takes_few_bytes()
    {
        var random = new Random(7);
        var hour = Of([.. Enumerable.Range(0, 180).Select(_ => 80_000 + random.NextInt64(20_000))]);

        Assert.InRange(Encoded(hour).Length, 1, 60);
    }

    private static Histogram Of(long[] microseconds)
    {
        var made = new Histogram();
        foreach (var one in microseconds)
        {
            made.Add(TimeSpan.FromMicroseconds(one));
        }

        return made;
    }

    private static Histogram Merged(Histogram into, Histogram other)
    {
        into.Merge(other);
        return into;
    }

    private static byte[] Encoded(Histogram histogram)
    {
        var bytes = new ByteWriter();
        histogram.Encode(bytes);
        return bytes.Written.ToArray();
    }
}

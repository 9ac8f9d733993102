using Candor.Judging;
using Candor.Samples;
using Candor.State;

namespace Candor.Tests.Samples;

public sealed class SampleBatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Readings_survive_being_written_and_read()
    {
        Sample[] samples =
        [
            new(1, Seen("a", Noon, Reading.Good, 120) with
            {
                Phases = [new("dns", TimeSpan.FromMilliseconds(2)), new("queue", TimeSpan.FromMilliseconds(7))],
            }),
            new(2, Seen("b", Noon.AddMinutes(-90), Reading.Bad, 0, "connection refused")),
            new(1, Seen("a", Noon.AddMilliseconds(1), Reading.None, 0, "störung bei uns")),
        ];

        var read = Decode(SampleBatch.Encode(samples, new())).ToList();

        Assert.Equal(samples.Select(static s => s.Seen with { Phases = [] }), read.Select(static s => s.Seen with { Phases = [] }));
        Assert.Equal(samples[0].Seen.Phases, read[0].Seen.Phases);
    }

    [Fact]
    public void A_reading_with_five_phases_takes_about_twenty_bytes()
    {
        var samples = Enumerable.Range(0, 500).Select(i => new Sample(i % 2, Seen("a", Noon.AddMilliseconds(i), Reading.Good, 180) with
        {
            Phases =
            [
                new("dns", TimeSpan.FromMicroseconds(900)), new("connect", TimeSpan.FromMicroseconds(21_000)),
                new("tls", TimeSpan.FromMicroseconds(44_000)), new("first_byte", TimeSpan.FromMicroseconds(100_000)),
                new("body", TimeSpan.FromMicroseconds(3_000)),
            ],
        })).ToList();

        Assert.InRange(SampleBatch.Encode(samples, new()).Length / 500.0, 10, 28);
    }

    [Fact]
    public void A_damaged_batch_is_refused_never_misread_wildly()
    {
        var good = SampleBatch.Encode([new(1, Seen("a", Noon, Reading.Bad, 5, "answered 503"))], new());
        for (var i = 0; i < good.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bad = (byte[])good.Clone();
                bad[i] ^= (byte)(1 << bit);
                var fault = Record.Exception(() => Decode(bad).ToList());
                Assert.True(fault is null or InvalidDataException, $"byte {i} bit {bit}: {fault}");
            }
        }
    }

    [Fact]
    public void A_very_long_reason_is_cut_and_still_readable()
    {
        var read = Decode(SampleBatch.Encode([new(1, Seen("a", Noon, Reading.Bad, 5, new('ü', 5000)))], new())).Single();

        Assert.Equal(256, read.Seen.Reason.Length);
    }

    private static Observation Seen(string monitor, DateTimeOffset at, Reading reading, double ms, string reason = "") =>
        new(new(monitor), VantageId.Local, at, reading, reason, TimeSpan.FromMilliseconds(ms));

    private static IEnumerable<Sample> Decode(byte[] stored) =>
        SampleBatch.Decode(stored, static number => (new(number == 1 ? "a" : "b"), VantageId.Local));
}

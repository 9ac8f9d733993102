using Candor.Journal.Sqlite;
using Candor.Judging;
using Candor.State;
using SQLitePCL;

namespace Candor.Samples.Sqlite;

/// <summary>What is read from the file: all of it once at the start, raw readings when someone asks.</summary>
internal sealed partial class SampleFile
{
    public StoredSamples Recover(DateTimeOffset now)
    {
        Query("SELECT number, monitor, vantage FROM series;", row => series[raw.sqlite3_column_int(row, 0)] =
            (new(Text(row, 1)), new(Text(row, 2))));
        var (lastWrite, replayAfter) = (0L, 0L);
        Query("SELECT last_write, replay_after FROM mark;", row =>
            (lastWrite, replayAfter) = (raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_int64(row, 1)));
        var replayed = replayAfter < lastWrite ? Replay(lastWrite, replayAfter) : 0;
        return new(lastWrite, [.. series.Select(static s => new StoredSeries(s.Key, s.Value.Monitor, s.Value.Vantage))],
            NewestGauges(now), replayed);
    }

    public int Load(DateTimeOffset now, Action<StoredRollup> each)
    {
        var damaged = 0;
        using var select = new Statement(
            database, "SELECT tier, slot, series, body FROM rollup WHERE tier = ?1 AND slot BETWEEN ?2 AND ?3 ORDER BY tier, slot, series;");
        foreach (var tier in Tiers.All)
        {
            select.Numbers((int)tier, tier.FirstShown(now), tier.LastBelieved(now)).Each(row =>
            {
                if (Read(raw.sqlite3_column_blob(row, 3)) is { } rollup)
                {
                    each(new(raw.sqlite3_column_int(row, 2), tier, raw.sqlite3_column_int(row, 1), rollup));
                }
                else
                {
                    damaged++;
                }

                return true;
            });
        }

        return damaged;
    }

    public IReadOnlyList<Observation> ReadRaw(MonitorId monitor, DateTimeOffset from, DateTimeOffset until, int max)
    {
        var found = new List<Observation>();
        using var select = new Statement(
            database, "SELECT body FROM batch WHERE newest >= ?1 AND oldest < ?2 ORDER BY newest;");
        select.Numbers(from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()).Each(row =>
        {
            found.AddRange(Decode(raw.sqlite3_column_blob(row, 0))
                .Select(static s => s.Seen)
                .Where(s => s.Monitor == monitor && s.At >= from && s.At < until));
            return found.Count < max;
        });
        return [.. found.OrderBy(static s => s.At).Take(max)];
    }

    public IReadOnlyList<ValueSlot> ReadValues(DateTimeOffset from)
    {
        var found = new List<ValueSlot>();
        using var select = new Statement(
            database, "SELECT tier, slot, at, count, metric, last, least, greatest, sum FROM value WHERE at >= ?1;");
        select.Numbers(from.ToUnixTimeMilliseconds()).Each(row =>
        {
            if (raw.sqlite3_column_int64(row, 3) is > 0 and var count && (Tier)raw.sqlite3_column_int(row, 0) is Tier.QuarterHour or Tier.Hour
                && Time(row, 2) is { } at)
            {
                found.Add(new(
                    Text(row, 4), (Tier)raw.sqlite3_column_int(row, 0), raw.sqlite3_column_int(row, 1),
                    at, raw.sqlite3_column_double(row, 5), raw.sqlite3_column_double(row, 6), raw.sqlite3_column_double(row, 7), raw.sqlite3_column_double(row, 8), count));
            }

            return true;
        });
        return found;
    }

    private int Replay(long lastWrite, long replayAfter)
    {
        var replay = new Replay(Find);
        using var select = new Statement(database, "SELECT number, body FROM batch WHERE number > ?1 ORDER BY number;");
        select.Numbers(replayAfter).Each(row =>
        {
            replay.Add(raw.sqlite3_column_int64(row, 0), Decode(raw.sqlite3_column_blob(row, 1)));
            return true;
        });
        InTransaction(() =>
        {
            foreach (var (key, rollup) in replay.Slots)
            {
                putSlot.Numbers((int)key.Tier, key.Slot, key.Series, lastWrite).Blob(5, rollup.Encode(scratch)).Finish();
            }

            putMark.Run(lastWrite, lastWrite);
        });
        return replay.Count;
    }

    private List<(int, StoredGauge)> NewestGauges(DateTimeOffset now)
    {
        var newest = new Dictionary<(int, string), (int, StoredGauge)>();
        using var select = new Statement(
            database,
            "SELECT slot, series, at, count, name, unit, last, least, greatest, sum FROM gauge WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot;");
        select.Numbers(Tier.Hour.FirstShown(now), Tier.Hour.LastBelieved(now)).Each(row =>
        {
            if (Time(row, 2) is not { } at)
            {
                return true;
            }

            var number = raw.sqlite3_column_int(row, 1);
            var gauge = new StoredGauge(
                Text(row, 4), Text(row, 5), raw.sqlite3_column_int(row, 0), at,
                raw.sqlite3_column_double(row, 6), raw.sqlite3_column_double(row, 7), raw.sqlite3_column_double(row, 8),
                raw.sqlite3_column_double(row, 9), raw.sqlite3_column_int64(row, 3));
            newest[(number, gauge.Name)] = (number, gauge);
            return true;
        });
        return [.. newest.Values];
    }

    private IEnumerable<Sample> Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return SampleBatch.Decode(body, number => series.TryGetValue(number, out var one) ? one : null);
        }
        catch (InvalidDataException)
        {
            // One second of raw readings; the roll-ups have them unless the process died within minutes.
            return [];
        }
    }

    private void Query(string sql, Action<sqlite3_stmt> each)
    {
        using var select = new Statement(database, sql);
        select.Each(row =>
        {
            each(row);
            return true;
        });
    }

    /// <summary>Null outside the calendar: the digits were spoilt.</summary>
    private static DateTimeOffset? Time(sqlite3_stmt row, int column) =>
        raw.sqlite3_column_int64(row, column) is >= 0 and < 253_402_300_800_000 and var milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static string Text(sqlite3_stmt row, int column) => raw.sqlite3_column_text(row, column).utf8_to_string() ?? "";
}

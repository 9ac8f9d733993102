using Candor.Journal.Sqlite;
using SQLitePCL;

namespace Candor.Samples.Sqlite;

/// <summary>samples.db on the one thread that may use it.</summary>
internal sealed partial class SampleFile : IDisposable
{
    // The log is moved into the file once it holds so many writes, so that it stays bounded.
    private const int WritesPerCheckpoint = 60;

    private readonly Database database;
    private readonly ByteWriter scratch = new();
    private readonly Dictionary<int, (State.MonitorId Monitor, State.VantageId Vantage)> series = [];

    private readonly Statement addSeries;
    private readonly Statement addBatch;
    private readonly Statement putSlot;
    private readonly Statement findSlot;
    private readonly Statement putGauge;
    private readonly Statement putValue;
    private readonly Statement forgetMetric;
    private readonly Statement putMark;
    private readonly Statement dropBatches;
    private readonly Statement dropSlots;
    private readonly Statement dropGauges;
    private readonly Statement dropValues;
    private int unmoved;

    public SampleFile(Database database)
    {
        this.database = database;
        SampleSchema.Prepare(database);
        addSeries = new(database, "INSERT INTO series (number, monitor, vantage) VALUES (?1, ?2, ?3);");
        addBatch = new(database, "INSERT INTO batch (number, oldest, newest, body) VALUES (?1, ?2, ?3, ?4);");
        putSlot = new(database, "INSERT OR REPLACE INTO rollup (tier, slot, series, up_to, body) VALUES (?1, ?2, ?3, ?4, ?5);");
        findSlot = new(database, "SELECT up_to, body FROM rollup WHERE tier = ?1 AND slot = ?2 AND series = ?3;");
        putGauge = new(database,
            """
            INSERT OR REPLACE INTO gauge (slot, series, at, count, name, unit, last, least, greatest, sum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
            """);
        putValue = new(database,
            """
            INSERT OR REPLACE INTO value (tier, slot, at, count, metric, last, least, greatest, sum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
            """);
        forgetMetric = new(database, "DELETE FROM value WHERE metric = ?1;");
        putMark = new(database, "UPDATE mark SET last_write = ?1, replay_after = ?2 WHERE only = 1;");
        dropBatches = new(database,
            "DELETE FROM batch WHERE number IN (SELECT number FROM batch WHERE newest < ?1 ORDER BY newest LIMIT ?2);");
        dropSlots = new(database,
            """
            DELETE FROM rollup WHERE (tier, slot, series) IN
                (SELECT tier, slot, series FROM rollup WHERE tier = ?1 AND slot < ?2 ORDER BY slot, series LIMIT ?3);
            """);
        dropGauges = new(database,
            """
            DELETE FROM gauge WHERE (slot, series, name) IN
                (SELECT slot, series, name FROM gauge WHERE slot < ?1 ORDER BY slot, series, name LIMIT ?2);
            """);
        dropValues = new(database,
            """
            DELETE FROM value WHERE (tier, slot, metric) IN
                (SELECT tier, slot, metric FROM value WHERE tier = ?1 AND slot < ?2 ORDER BY slot, metric LIMIT ?3);
            """);
    }

    public IReadOnlyList<StoredRollup> Write(SampleWrite write)
    {
        if (unmoved >= WritesPerCheckpoint)
        {
            Checkpoint();
        }

        var summed = new List<StoredRollup>();
        InTransaction(() =>
        {
            AddSeries(write.NewSeries);
            AddBatch(write);
            foreach (var slot in write.Slots)
            {
                Put(write.Number, slot, summed);
            }

            foreach (var (number, gauge) in write.Gauges)
            {
                Put(number, gauge);
            }

            foreach (var metric in write.Dropped)
            {
                forgetMetric.Text(1, metric).Finish();
            }

            foreach (var slot in write.Values)
            {
                Put(slot);
            }

            putMark.Run(write.Number, write.ReplayAfter);
        });
        unmoved++;
        return summed;
    }

    public void Dispose()
    {
        addSeries.Dispose();
        addBatch.Dispose();
        putSlot.Dispose();
        findSlot.Dispose();
        putGauge.Dispose();
        putValue.Dispose();
        forgetMetric.Dispose();
        putMark.Dispose();
        dropBatches.Dispose();
        dropSlots.Dispose();
        dropGauges.Dispose();
        dropValues.Dispose();
        database.Dispose();
    }

    private void Checkpoint()
    {
        database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        unmoved = 0;
    }

    private void AddSeries(IReadOnlyList<StoredSeries> added)
    {
        foreach (var (number, monitor, vantage) in added)
        {
            addSeries.Numbers(number).Text(2, monitor.Value).Text(3, vantage.Value).Finish();
            series[number] = (monitor, vantage);
        }
    }

    private void AddBatch(SampleWrite write)
    {
        if (write.Samples.Count > 0)
        {
            var oldest = write.Samples.Min(static s => s.Seen.At).ToUnixTimeMilliseconds();
            var newest = write.Samples.Max(static s => s.Seen.At).ToUnixTimeMilliseconds();
            addBatch.Numbers(write.Number, oldest, newest).Blob(4, SampleBatch.Encode(write.Samples, scratch)).Finish();
        }
    }

    private void Put(long number, SlotWrite write, List<StoredRollup> summed)
    {
        if (!write.Adds)
        {
            putSlot.Numbers((int)write.Tier, write.Slot, write.Series, number).Blob(5, write.Body.Span).Finish();
            return;
        }

        var sum = Rollup.Decode(write.Body.Span);
        if (Find(new(write.Tier, write.Slot, write.Series)) is { } before)
        {
            sum.Merge(before.Rollup);
        }

        putSlot.Numbers((int)write.Tier, write.Slot, write.Series, number).Blob(5, sum.Encode(scratch)).Finish();
        summed.Add(new(write.Series, write.Tier, write.Slot, sum));
    }

    private void Put(int number, StoredGauge gauge) => putGauge
        .Numbers(gauge.Slot, number, gauge.At.ToUnixTimeMilliseconds(), gauge.Count)
        .Text(5, gauge.Name).Text(6, gauge.Unit)
        .Real(7, gauge.Last).Real(8, gauge.Min).Real(9, gauge.Max).Real(10, gauge.Sum)
        .Finish();

    private void Put(ValueSlot slot) => putValue
        .Numbers((int)slot.Tier, slot.Slot, slot.At.ToUnixTimeMilliseconds(), slot.Count)
        .Text(5, slot.Metric)
        .Real(6, slot.Last).Real(7, slot.Min).Real(8, slot.Max).Real(9, slot.Sum)
        .Finish();

    private (long UpTo, Rollup Rollup)? Find(SlotKey key)
    {
        (long, Rollup)? found = null;
        findSlot.Numbers((int)key.Tier, key.Slot, key.Series).Each(row =>
        {
            // A row that cannot be read is a row that is not there: what is stored next replaces it.
            found = Read(raw.sqlite3_column_blob(row, 1)) is { } rollup ? (raw.sqlite3_column_int64(row, 0), rollup) : null;
            return false;
        });
        return found;
    }

    private static Rollup? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return Rollup.Decode(body);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void InTransaction(Action act)
    {
        database.Execute("BEGIN IMMEDIATE;");
        try
        {
            act();
            database.Execute("COMMIT;");
        }
        catch
        {
            _ = raw.sqlite3_exec(database.Handle, "ROLLBACK;");
            throw;
        }
    }
}

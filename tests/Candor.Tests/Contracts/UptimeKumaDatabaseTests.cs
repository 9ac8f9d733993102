using Candor.Importing;
using Candor.Importing.Reading;
using Candor.Journal.Sqlite;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Importing.Monitors;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Contracts;

/// <summary>A database written by SQLite itself, read by our own reader: pages, overflow, short rows, defaults.</summary>
public sealed class UptimeKumaDatabaseTests : IDisposable
{
    private const string Schema = """
        CREATE TABLE [monitor] (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [name] VARCHAR(150), active BOOLEAN default 1 not null, interval INTEGER default 20 not null,
            url TEXT, type VARCHAR(20), hostname VARCHAR(255), port INTEGER, keyword VARCHAR(255), ignore_tls BOOLEAN default 0 not null, maxretries INTEGER NOT NULL DEFAULT 0,
            accepted_statuscodes_json TEXT default '["200-299"]' not null, headers TEXT default null, basic_auth_user TEXT default null, basic_auth_pass TEXT default null,
            CONSTRAINT one CHECK (interval > 0));
        CREATE TABLE heartbeat (id INTEGER PRIMARY KEY AUTOINCREMENT, important BOOLEAN default 0, monitor_id INTEGER NOT NULL, status SMALLINT NOT NULL, msg TEXT, time DATETIME NOT NULL);
        CREATE TABLE status_page (id INTEGER PRIMARY KEY, slug VARCHAR(255), title VARCHAR(255));
        CREATE TABLE "group" (id INTEGER PRIMARY KEY, name VARCHAR(255), weight INTEGER, status_page_id INTEGER);
        CREATE TABLE monitor_group (id INTEGER PRIMARY KEY, monitor_id INTEGER, group_id INTEGER, weight INTEGER);
        CREATE TABLE incident (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, style VARCHAR(30), created_date DATETIME, last_updated_date DATETIME, pin BOOLEAN, active BOOLEAN);
        CREATE TABLE maintenance (id INTEGER PRIMARY KEY, title VARCHAR(150), description TEXT, strategy VARCHAR(50), start_date DATETIME, end_date DATETIME, timezone VARCHAR(255));
        INSERT INTO monitor (name, url, type, hostname, port, interval, maxretries, headers, basic_auth_user, basic_auth_pass) VALUES
            ('Shop Wien', 'https://shop.example.com/', 'http', NULL, NULL, 30, 2, '{"Authorization":"Bearer geheim","Accept":"text/html"}', 'ops', 'hunter2'),
            ('Mail', NULL, 'port', 'mx.example.com', 25, 60, 0, NULL, NULL, NULL),
            ('Game', NULL, 'steam', 'game.example.com', 27015, 60, 0, NULL, NULL, NULL);
        ALTER TABLE monitor ADD COLUMN description TEXT;
        ALTER TABLE monitor ADD COLUMN method TEXT default 'GET' not null;
        INSERT INTO status_page VALUES (1, 'main', 'Heron');
        INSERT INTO "group" VALUES (1, 'Services', 1, 1);
        INSERT INTO monitor_group VALUES (1, 1, 1, 1), (2, 2, 1, 2);
        INSERT INTO heartbeat (important, monitor_id, status, msg, time) VALUES
            (1, 1, 1, 'OK', '2024-03-01 09:00:00.000'), (1, 1, 0, 'connect ECONNREFUSED 10.0.0.7:443', '2024-03-01 10:00:00.000'), (0, 1, 0, '', '2024-03-01 10:01:00.000'),
            (1, 1, 1, 'OK', '2024-03-01 10:20:00.000'), (1, 2, 0, 'no', '2024-03-02 08:00:00.000');
        INSERT INTO maintenance VALUES (7, 'Move', 'We move.', 'single', '2024-06-01 10:00:00', '2024-06-01 12:00:00', 'Europe/Vienna');
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Monitors_pages_and_outages_come_out()
    {
        var read = Read(Written());

        Assert.Equal("Heron", read.PageName);
        Assert.Equal(["shop-wien", "mail"], read.Monitors.Select(m => m.Name));
        Assert.Equal([["Services"], ["Services", "Shop Wien"], ["Services", "Mail"]], read.Components.Select(c => c.Path.ToArray()));
        Assert.Equal(ComponentStatus.MajorOutage, read.Components[2].Status);
        Assert.Equal(["Services", "Shop Wien"], read.Monitors[0].Component);
        Assert.DoesNotContain(read.Monitors, m => m.Yaml.Contains("hunter2", StringComparison.Ordinal) || m.Yaml.Contains("geheim", StringComparison.Ordinal));
        Assert.Contains(read.Warnings, w => w.What.Contains("steam", StringComparison.Ordinal));
        Assert.Contains(read.Warnings, w => w.Remedy.Contains("SHOP_WIEN_PASSWORD", StringComparison.Ordinal));
        SettingsOf.Whole(read);

        Assert.Equal(["Shop Wien was down", "Mail was down"], read.Incidents.Where(i => i.Downtimes.Length > 0).Select(i => i.Title));
        Assert.Equal(new Downtime(Utc("2024-03-01 10:00"), Utc("2024-03-01 10:20")), read.Incidents.First(i => i.Title.StartsWith("Shop", StringComparison.Ordinal)).Downtimes[0]);
        Assert.Equal(Utc("2024-06-01 08:00"), Assert.Single(read.Maintenances).ScheduledFor);
        Assert.DoesNotContain(read.Incidents.SelectMany(i => i.Updates), u => u.Body.Contains("10.0.0.7", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_pages_and_long_texts_are_read_whole()
    {
        var path = Written(database =>
        {
            for (var i = 0; i < 400; i++)
            {
                database.Execute($"INSERT INTO incident VALUES ({i + 1}, 'Incident {i}', '{new string('x', i * 37)}', 'danger', '2024-01-01 00:00:00', NULL, 0, 1);");
            }
        });

        var posted = Read(path).Incidents.Where(i => i.Updates.Length == 1).ToList();

        Assert.Equal(400, posted.Count);
        Assert.All(posted, (incident, i) => Assert.Equal(i * 37, incident.Updates[0].Body.Length));
    }

    [Fact]
    public void Damage_anywhere_never_throws_and_never_hangs()
    {
        var whole = File.ReadAllBytes(Written());
        var random = new Random(20261126);
        for (var n = 0; n < 300; n++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = 0; i < 40; i++)
            {
                damaged[random.Next(n % 3 == 0 ? 100 : 16, damaged.Length)] = (byte)random.Next(256);
            }

            ImportSources.Read([new SourceFile("kuma.db", damaged.AsMemory(0, n % 5 == 0 ? random.Next(damaged.Length) : damaged.Length))]);
        }
    }

    private string Written(Action<Database>? more = null)
    {
        var path = Path.Combine(folder.Path, "kuma.db");
        using var database = Database.OpenWriter(path);
        database.KeepNoLog();
        database.Execute("BEGIN;" + Schema);
        more?.Invoke(database);
        database.Execute("COMMIT;");
        return path;
    }

    private static Imported Read(string path)
    {
        var reading = ImportSources.Read([new SourceFile("kuma.db", File.ReadAllBytes(path))]);
        Assert.Equal("uptime-kuma", reading.Source?.Name);
        return reading.Imported!;
    }
}

using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Postgres;

/// <summary><c>{ postgres: db.example.com:5432, database: orders, expect: { within: 1s } }</c>: does it take connections?</summary>
internal sealed record PostgresCheck(string Address) : ICheckOptions
{
    private const int Port = 5432;
    private const string DefaultName = "postgres";

    [JsonIgnore]
    public string Target => Address;

    /// <summary>Named in the greeting; nobody logs in.</summary>
    public string Database { get; init; } = DefaultName;

    public TimeSpan? Within { get; init; }

    public static PostgresCheck? Read(Entry monitor, Faults faults)
    {
        var check = new PostgresCheck("")
        {
            Database = monitor.Value("database", Texts.UpTo(63), DefaultName, faults),
            Within = Probing.Within.Read(monitor.Map("expect", faults), faults),
        };
        return monitor.Required<HostPort>("postgres", HostPort.Or(Port)!, faults, out var at)
            ? check with { Address = at.ToString() }
            : null;
    }
}

namespace Candor.Settings;

/// <summary>What holds where nothing is written, and how far one may go. docs/settings.md says the same, by test.</summary>
internal static class Defaults
{
    public const string TimeZone = "UTC";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan EveryLeast = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan EveryMost = TimeSpan.FromDays(7);

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan TimeoutLeast = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan TimeoutMost = TimeSpan.FromMinutes(5);

    /// <summary>For <c>open_after</c> and <c>resolve_after</c>: longer would be silence.</summary>
    public static readonly TimeSpan IncidentDelayMost = TimeSpan.FromHours(24);

    public static readonly TimeSpan ReminderMost = TimeSpan.FromDays(7);

    public const int ReminderTimesMost = 100;

    /// <summary>Short enough that the idle leave within 15 s. Proxies keep connections for a minute or more.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(12);
    public static readonly TimeSpan KeepAliveLeast = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan KeepAliveMost = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan ReadBackEvery = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan ReadBackEveryLeast = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan ReadBackEveryMost = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan ReadBackWithin = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan ReadBackWithinLeast = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan ReadBackWithinMost = TimeSpan.FromMinutes(30);
    public const int ReadBackMost = 16;

    public static readonly TimeSpan AliveEvery = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan AliveEveryLeast = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan AliveEveryMost = TimeSpan.FromHours(1);
    public const int AliveMost = 8;

    /// <summary>Readings in a row, and places that look.</summary>
    public const int CountMost = 100;

    public const int NameLengthMax = 100;
    public const int DescriptionLengthMax = 500;

    public const int ComponentsMax = 2_000;
    public const int ComponentDepthMax = 8;
    public const int RegionsMax = 50;
    public const int MonitorsMax = 10_000;
}

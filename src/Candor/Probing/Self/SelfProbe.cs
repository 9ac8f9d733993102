using Candor.Effects;
using Candor.Settings;

namespace Candor.Probing.Self;

/// <summary>Looks inward. Here a failing resolver is the very thing that is asked about, so it is bad and not none.</summary>
internal sealed class SelfProbe(SelfCheck check, ProbeTools tools) : IProbe
{
    public static IProbe Open(SelfCheck check, ProbeTools tools) => new SelfProbe(check, tools);

    public ValueTask<Sighting> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, LookAsync, cancellation);

    private ValueTask<Sighting> LookAsync(Attempt attempt) => check.Part switch
    {
        SelfPart.Disk => new(Disk(attempt)),
        SelfPart.Journal => new(Journal()),
        _ => NamesAsync(attempt),
    };

    private Sighting Disk(Attempt attempt)
    {
        if (tools.Self.Disk is not { } disk)
        {
            return Sighting.None("this process keeps no files");
        }

        var (free, total) = disk();
        attempt.Measurements.Add(new("free", free, "bytes"));
        if (total is { } whole)
        {
            attempt.Measurements.Add(new("total", whole, "bytes"));
        }

        var left = $"{Sizes.Write(free >> 20 << 20)} free";
        return free < check.FreeBytes ? Sighting.Bad(left) : free / 4 < check.FreeBytes ? Sighting.Slow(left) : Sighting.Good;
    }

    private Sighting Journal() => tools.Self.Journal is not { } journal ? Sighting.None("this process keeps no journal")
        : journal() is { } fault ? Sighting.Bad(fault)
        : Sighting.Good;

    private async ValueTask<Sighting> NamesAsync(Attempt attempt)
    {
        attempt.Begin(Attempt.Dns);
        try
        {
            var found = await tools.Network.ResolveAsync(tools.Self.KnownName, attempt.Token);
            return found.Answer is NameAnswer.ResolverFailed or NameAnswer.NotAHost ? Sighting.Bad(found.Reason) : Sighting.Good;
        }
        catch (OperationCanceledException) when (attempt.Elapsed >= attempt.Timeout)
        {
            return Sighting.Bad($"our resolver did not answer within {Explain.Seconds(attempt.Timeout)}");
        }
    }
}

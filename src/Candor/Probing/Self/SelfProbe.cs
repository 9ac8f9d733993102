using Candor.Effects;
using Candor.Settings.Forms;

namespace Candor.Probing.Self;

/// <summary>Looks inward. Here a failing resolver is the very thing that is asked about, so it is bad and not none.</summary>
internal sealed class SelfProbe(SelfCheck check, ProbeTools tools) : IProbe
{
    public static IProbe Open(SelfCheck check, ProbeTools tools) => new SelfProbe(check, tools);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, LookAsync, cancellation);

    private ValueTask<Finding> LookAsync(Attempt attempt) => check.Part switch
    {
        SelfPart.Disk => new(Disk(attempt)),
        SelfPart.Journal => new(Journal()),
        _ => NamesAsync(attempt),
    };

    private Finding Disk(Attempt attempt)
    {
        if (tools.Self.Disk is not { } disk)
        {
            return Finding.None("this process keeps no files");
        }

        var (free, total) = disk();
        attempt.Measurements.Add(new("free", free, "bytes"));
        if (total is { } whole)
        {
            attempt.Measurements.Add(new("total", whole, "bytes"));
        }

        var left = $"{Sizes.Write(free >> 20 << 20)} free";
        return free < check.FreeBytes ? Finding.Bad(left) : free / 4 < check.FreeBytes ? Finding.Slow(left) : Finding.Good;
    }

    private Finding Journal() => tools.Self.Journal is not { } journal ? Finding.None("this process keeps no journal")
        : journal() is { } fault ? Finding.Bad(fault)
        : Finding.Good;

    private async ValueTask<Finding> NamesAsync(Attempt attempt)
    {
        attempt.Begin(Attempt.Dns);
        try
        {
            var found = await tools.Network.ResolveAsync(tools.Self.KnownName, attempt.Token);
            return found.Answer is NameAnswer.ResolverFailed or NameAnswer.NotAHost ? Finding.Bad(found.Reason) : Finding.Good;
        }
        catch (OperationCanceledException) when (attempt.Elapsed >= attempt.Timeout)
        {
            return Finding.Bad($"our resolver did not answer within {Explain.Seconds(attempt.Timeout)}");
        }
    }
}

using System.Text;
using Candor.Drills.Simulation;
using Candor.Pages;

namespace Candor.Tests.Drills;

public sealed class DetectionTests
{
    private const int Failures = 40;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan OurShareMost = TimeSpan.FromMilliseconds(250);

    /// <summary>Every 10 s, two confirmations, and the service is gone from one instant to the next, anywhere in the interval.</summary>
    [Fact]
    public void P_19_A_failure_is_on_the_page_within_25_seconds_and_our_own_share_is_small()
    {
        var delays = Enumerable.Range(0, Failures).Select(i => Detect(TimeSpan.FromSeconds(60 + (i * 10.0 / Failures)), (ulong)i))
            .OrderBy(found => found.Delay).ToList();

        var slowest = delays[^1];
        TestContext.Current.SendDiagnosticMessage(
            $"P-19 failure to page: median {delays[Failures / 2].Delay.TotalSeconds:F1} s, slowest {slowest.Delay.TotalSeconds:F1} s; "
            + $"after the second look: slowest {delays.Max(found => found.OurShare).TotalMilliseconds:F0} ms");
        Assert.InRange(slowest.Delay, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25));
        Assert.All(delays, found => Assert.InRange(found.OurShare, TimeSpan.Zero, OurShareMost));
    }

    /// <summary>How long after the failure began, and after the second bad look at it, readers could read of it.</summary>
    private static (TimeSpan Delay, TimeSpan OurShare) Detect(TimeSpan failsAt, ulong seed)
    {
        var before = SynchronizationContext.Current;
        var thread = new VirtualThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            using var machine = new Machine(Script(failsAt), new(seed), thread, FirstPage);
            machine.Start();
            while (machine.Time.Elapsed < failsAt + TimeSpan.FromMinutes(1))
            {
                thread.RunUntil(thread.Now + Step.Ticks);
                if (machine.Time.Elapsed > failsAt && Page(machine).Contains("is not answering", StringComparison.Ordinal))
                {
                    return (machine.Time.Elapsed - failsAt, machine.Time.Elapsed - machine.Ledger.NthMeeting("web", good: false, 2));
                }
            }

            Assert.Fail($"Nothing on the page a minute after the failure:\n{Page(machine)}");
            return default;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static IEnumerable<PagePlan> FirstPage(Brief brief) =>
        Catalogue.FrontOf(brief).Where(plan => plan.Path == "/").Select(plan => plan with { SpeaksOfNow = false });

    private static string Page(Machine machine) =>
        machine.Node!.Publisher.Edition.Front.TryGetValue("/", out var page) ? Encoding.UTF8.GetString(page.Identity.Bytes.Span) : "";

    private static Script Script(TimeSpan failsAt) => new(
        TimeSpan.FromMinutes(5),
        [new("web", "tcp", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5))],
        [new(FaultKind.Refuses, "web", failsAt, TimeSpan.FromMinutes(5))],
        """
        page: { name: Demo }
        components: [ { name: Homepage, monitors: [web] } ]
        monitors: { web: { tcp: "web.sim.example:80", every: 10s, timeout: 5s } }
        """);
}

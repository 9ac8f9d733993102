using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Bench;

/// <summary>What one change costs the publisher, in processor time, so that other work on the machine does not count.</summary>
internal static class RenderBench
{
    private const int Changes = 60;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var figures = new List<Figure>();
        foreach (var incidents in (int[])[1_000, 10_000])
        {
            var world = new PageWorld(components: 50, incidents);
            var shelf = new Shelf();
            List<double> urgent = [], news = [], other = [];
            for (var i = 0; i < Changes; i++)
            {
                var now = TimeProvider.System.GetUtcNow();
                var status = i % 2 == 0 ? ComponentStatus.MajorOutage : ComponentStatus.Operational;
                world.Happen([new ComponentStateChanged(now, PageWorld.ComponentAt(i % 50), now, new(status), null)]);
                urgent.Add(await CostAsync(world.Current(), shelf.IsUrgent, shelf, cancellation));
                world.Happen([new IncidentUpdated(now, PageWorld.IncidentAt(i % 50), 3 + (i / 50), null, $"Word {i}.", Automatic: false, [])]);
                news.Add(await CostAsync(world.Current(), shelf.IsUrgent, shelf, cancellation));
                other.Add(await CostAsync(world.Current(), plan => !plan.Urgent, shelf, cancellation));
            }

            figures.Add(new($"render.urgent.{incidents}", Middle(urgent), "CPU-ms", 50, $"what readers wait for after a change, {incidents} incidents"));
            figures.Add(new($"render.news.{incidents}", Middle(news), "CPU-ms", 50, "the same after a word about an incident: its lists and feeds as well"));
            figures.Add(new($"render.other.{incidents}", Middle(other), "CPU-ms", null, "component pages and history after a change"));
        }

        return figures;
    }

    /// <summary>The median of the second half: by then everything is compiled.</summary>
    private static double Middle(List<double> costs) => costs.Skip(Changes / 2).Order().ElementAt(Changes / 4);

    private static async Task<double> CostAsync(Brief brief, Func<PagePlan, bool> wanted, Shelf shelf, CancellationToken cancellation)
    {
        var before = Environment.CpuUsage.TotalTime;
        await shelf.RenewAsync(
            Catalogue.FrontOf(brief).Where(wanted).ToList(), brief, static _ => true, cancellation);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}

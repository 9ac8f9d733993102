using Candor.Pages;
using Candor.State;

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
            List<double> urgent = [], other = [];
            for (var i = 0; i < Changes; i++)
            {
                var now = TimeProvider.System.GetUtcNow();
                var status = i % 2 == 0 ? ComponentStatus.MajorOutage : ComponentStatus.Operational;
                world.Happen([new ComponentStateChanged(now, PageWorld.ComponentAt(i % 50), now, new(status), null)]);
                urgent.Add(await CostAsync(world.Current(), true, shelf, cancellation));
                other.Add(await CostAsync(world.Current(), false, shelf, cancellation));
            }

            urgent = [.. urgent.Skip(Changes / 2).Order()];
            other = [.. other.Skip(Changes / 2).Order()];
            figures.Add(new($"render.urgent.{incidents}", urgent[urgent.Count / 2], "CPU-ms", 50, $"status page and JSON after a change, {incidents} incidents"));
            figures.Add(new($"render.other.{incidents}", other[other.Count / 2], "CPU-ms", null, "component pages and history after a change"));
        }

        return figures;
    }

    private static async Task<double> CostAsync(Brief brief, bool urgent, Shelf shelf, CancellationToken cancellation)
    {
        var before = Environment.CpuUsage.TotalTime;
        await shelf.RenewAsync(
            Catalogue.FrontOf(brief).Where(plan => plan.Urgent == urgent), brief, static () => true, cancellation);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}

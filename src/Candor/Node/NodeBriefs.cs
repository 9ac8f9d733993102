using System.Collections.Immutable;
using Candor.Journal;
using Candor.Pages;
using Candor.Watching;

namespace Candor.Node;

/// <summary>What the publisher renders from: the journal's state with what is measured, and how Candor itself is.</summary>
internal sealed class NodeBriefs(Func<Works> works, SelfLog self, TimeProvider time, string version) : IBriefSource
{
    private volatile Reported report = new(-1, SelfReport.Well);
    private volatile Offered toldBy = new([]);

    public Position Position => works().Journal.Position;

    public Brief Current()
    {
        var behind = works();
        var published = behind.Journal.Current;
        return new(published.State, time.GetUtcNow())
        {
            Position = published.Position,
            LastReadings = behind.Judging.LastReadings,
            ResponseTimes = behind.Charts.Current,
            Metrics = behind.Charts.Metrics,
            Self = Report(),
            ToldBy = ToldBy(behind),
        };
    }

    /// <summary>The same array while nothing has changed, because pages are keyed by it.</summary>
    private ImmutableArray<string> ToldBy(Works behind)
    {
        var now = behind.Office?.Offered ?? [];
        if (!now.AsSpan().SequenceEqual(toldBy.Channels.AsSpan()))
        {
            toldBy = new(now);
        }

        return toldBy.Channels;
    }

    public ValueTask WaitAsync(Position after, CancellationToken cancellation) => works().Journal.WaitAsync(after, cancellation);

    /// <summary>The same object while nothing has changed, because pages are keyed by it.</summary>
    private SelfReport Report()
    {
        var now = self.Version;
        if (now != report.Version)
        {
            ImmutableArray<SelfProblem> problems =
            [
                .. self.Problems.Where(problem => problem.Gravity == Gravity.Public)
                    .Select(problem => new SelfProblem(problem.Sentence, problem.Since) { Key = problem.Key }),
            ];

            // What only operators see changes no page.
            report = new(now, problems.AsSpan().SequenceEqual(report.Report.Problems.AsSpan()) && report.Report.Version == version
                ? report.Report
                : new(problems, version));
        }

        return report.Report;
    }

    private sealed record Offered(ImmutableArray<string> Channels);

    /// <summary>One object, because each audience has a publisher that asks.</summary>
    private sealed record Reported(long Version, SelfReport Report);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Candor.Languages;
using Candor.State;

namespace Candor.Pages.Html;

/// <summary>Where a metric's values lie on a picture of fixed size: one line, no smoothing, gaps where nothing was told.</summary>
internal sealed class MetricPlot
{
    public const int Width = 720;
    public const int Height = 96;

    private readonly MetricDefinition said;
    private readonly ImmutableArray<MetricPoint> points;
    private readonly DateTimeOffset until;

    public MetricPlot(MetricDefinition said, ImmutableArray<MetricPoint> points)
    {
        (this.said, this.points) = (said, points);
        (From, until) = (points[0].At, points[^1].At + MetricValues.DayStep);
        Low = said.Least ?? Math.Min(0, points.Min(static one => one.Mean));
        High = Math.Max(said.Greatest ?? points.Max(static one => one.Mean), Low);
        High = High > Low ? High : Low + 1;
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset Until => until;

    public double Low { get; }

    public double High { get; }

    public string Line
    {
        get
        {
            var path = new StringBuilder();
            for (var i = 0; i < points.Length; i++)
            {
                var goesOn = i > 0 && points[i].At - points[i - 1].At <= MetricValues.DayStep * 1.5;
                path.Append(CultureInfo.InvariantCulture, $"{(goesOn ? 'L' : 'M')}{X(points[i].At)} {Y(points[i].Mean)}");

                // One alone would be no line at all.
                if (!goesOn)
                {
                    path.Append("h2");
                }
            }

            return path.ToString();
        }
    }

    /// <summary>A value as its owner wants it written.</summary>
    public string Words(Language language, double value) => Words(language, said, value);

    public static string Words(Language language, MetricDefinition said, double value) =>
        value.ToString("N" + said.Decimals.ToString(CultureInfo.InvariantCulture), language.Numbers) + (said.Suffix is { } suffix ? $" {suffix}" : "");

    private double X(DateTimeOffset at) => Math.Round(Math.Clamp((at + (MetricValues.DayStep / 2) - From) / (until - From), 0, 1) * Width, 1);

    private double Y(double value) => Math.Round(Height * (1 - Math.Clamp((value - Low) / (High - Low), 0, 1)), 1);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Candor.Languages;

namespace Candor.Pages.Html;

/// <summary>Where response times lie on a picture of fixed size: the median as a line, p5 to p95 as a band, no smoothing.</summary>
internal sealed class Plot
{
    public const int Width = 720;
    public const int Height = 160;

    // Where the slowest is this much slower than the fastest, a linear scale would press everything onto its foot.
    private const double LogFromRatio = 50;
    private const double FloorMs = 0.1;

    private static readonly int[] NiceSteps = [1, 2, 4, 5, 8, 10];

    private readonly ResponseTimes times;
    private readonly DateTimeOffset until;
    private readonly double low;
    private readonly double high;

    public Plot(ResponseTimes times)
    {
        this.times = times;
        From = times.Points[0].At;
        until = times.Points[^1].At + times.Step;
        var fastest = Math.Max(FloorMs, times.Points.Min(point => point.P5Ms));
        var slowest = Math.Max(FloorMs, times.Points.Max(point => point.P95Ms));
        IsLog = slowest / fastest >= LogFromRatio;
        low = IsLog ? Math.Pow(10, Math.Floor(Math.Log10(fastest))) : 0;
        high = IsLog ? Math.Pow(10, Math.Ceiling(Math.Log10(slowest))) : Round(slowest);
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset Until => until;

    public bool IsLog { get; }

    /// <summary>The values with a line of their own, lowest first.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            if (!IsLog)
            {
                return [low, high / 2, high];
            }

            return Enumerable.Range(0, (int)Math.Round(Math.Log10(high / low)) + 1).Select(power => low * Math.Pow(10, power));
        }
    }

    public string Line => Draw((path, run) =>
    {
        for (var i = 0; i < run.Length; i++)
        {
            Point(path, i == 0 ? 'M' : 'L', run[i].At, run[i].P50Ms);
        }
    });

    public string Band => Draw((path, run) =>
    {
        for (var i = 0; i < run.Length; i++)
        {
            Point(path, i == 0 ? 'M' : 'L', run[i].At, run[i].P95Ms);
        }

        for (var i = run.Length - 1; i >= 0; i--)
        {
            Point(path, 'L', run[i].At, run[i].P5Ms);
        }

        path.Append('Z');
    });

    public double X(DateTimeOffset at) =>
        Math.Round(Math.Clamp((at - From) / (until - From), 0, 1) * Width, 1);

    public double Y(double ms)
    {
        var share = IsLog ? Math.Log10(Math.Max(ms, low) / low) / Math.Log10(high / low) : ms / high;
        return Math.Round(Height * (1 - Math.Clamp(share, 0, 1)), 1);
    }

    public static string Words(Language language, double ms) => ms switch
    {
        0 => "0",
        < 10 => ms.ToString("0.#", language.Numbers) + " ms",
        < 1000 => ms.ToString("0", language.Numbers) + " ms",
        _ => (ms / 1000).ToString("0.##", language.Numbers) + " s",
    };

    private static double Round(double ms)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(ms)));
        return NiceSteps.First(step => step * unit >= ms) * unit;
    }

    // A step without answers has no point: the line breaks there instead of bridging what was not seen.
    private string Draw(Action<StringBuilder, ReadOnlySpan<ResponsePoint>> draw)
    {
        var path = new StringBuilder();
        var points = times.Points.AsSpan();
        var start = 0;
        for (var i = 1; i <= points.Length; i++)
        {
            if (i == points.Length || points[i].At - points[i - 1].At > times.Step * 1.5)
            {
                draw(path, points[start..i]);
                start = i;
            }
        }

        return path.ToString();
    }

    private void Point(StringBuilder path, char how, DateTimeOffset at, double ms) =>
        path.Append(CultureInfo.InvariantCulture, $"{how}{X(at + times.Step / 2)} {Y(ms)}");
}

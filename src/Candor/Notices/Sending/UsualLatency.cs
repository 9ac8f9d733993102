namespace Candor.Notices.Sending;

/// <summary>
/// Whether a destination answers much later than it usually does. One answer says little, since an ordinary receiver takes
/// 20 ms for one and 200 ms for the next: at least sixteen are taken together, over as many seconds as they need, and their
/// mean is held against what it usually is. What is usual follows quickly downwards and slowly upwards, so that neither one
/// lucky handful nor a lasting change for the worse makes everything after it look late.
/// </summary>
internal sealed class UsualLatency
{
    private const int Enough = 16;
    private const double LateFactor = 2;
    private const double Downwards = 0.5;
    private const double Upwards = 0.1;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(5); // below this a factor of two says nothing

    private double usual = double.PositiveInfinity; // seconds
    private double sum;
    private int answers;

    public void Count(TimeSpan took)
    {
        sum += took.TotalSeconds;
        answers++;
    }

    /// <summary>Asked once a second. As long as too few have answered, nothing is late and they are kept for the next time.</summary>
    public bool WasExceeded()
    {
        if (answers < Enough)
        {
            return false;
        }

        var mean = Math.Max(sum / answers, Least.TotalSeconds);
        (sum, answers) = (0, 0);
        var exceeded = mean > usual * LateFactor;
        usual = double.IsInfinity(usual) ? mean : usual + (mean - usual) * (mean < usual ? Downwards : Upwards);
        return exceeded;
    }
}

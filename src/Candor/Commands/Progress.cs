using System.Globalization;

namespace Candor.Commands;

/// <summary>
/// One line on the error stream that says how far something is, gone when it is done. It appears after a second; where
/// the whole is known, after a moment: a bar is worth looking at sooner.
/// </summary>
internal sealed class Progress : IDisposable
{
    private const int BarCells = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BarPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Turning = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly Terminal terminal;
    private readonly string doing;
    private readonly long? total;
    private readonly long started;
    private readonly ITimer? timer;
    private readonly Lock drawing = new();
    private long done;
    private int frame;
    private bool over;

    public Progress(Terminal terminal, string doing, long? total)
    {
        (this.terminal, this.doing, this.total) = (terminal, doing, total);
        started = terminal.Time.GetTimestamp();
        timer = terminal.Traits.ErrorIsTerminal
            ? terminal.Time.CreateTimer(_ => Draw(), null, total > 0 ? BarPatience : Patience, Redraw)
            : null;
    }

    /// <summary>How much is done; may be called from any thread, as often as one likes.</summary>
    public void Report(long soFar) => Volatile.Write(ref done, soFar);

    public void Dispose()
    {
        timer?.Dispose();
        lock (drawing)
        {
            over = true;
            if (frame > 0)
            {
                terminal.Error.Write("\r\e[2K");
                terminal.Error.Flush();
            }
        }
    }

    private void Draw()
    {
        lock (drawing)
        {
            if (over)
            {
                return;
            }

            var text = $"{Turning[frame++ % Turning.Length]} {doing}{Extent()}";
            terminal.Error.Write("\r\e[2K" + (text.Length < terminal.Traits.Width ? text : text[..(terminal.Traits.Width - 1)]));
            terminal.Error.Flush();
        }
    }

    private string Extent()
    {
        var soFar = Volatile.Read(ref done);
        var elapsed = terminal.Time.GetElapsedTime(started);
        if (total is not > 0)
        {
            return soFar > 0
                ? string.Create(CultureInfo.InvariantCulture, $" {soFar:N0}, {elapsed.TotalSeconds:F0} s")
                : string.Create(CultureInfo.InvariantCulture, $" {elapsed.TotalSeconds:F0} s");
        }

        var share = Math.Clamp((double)soFar / total.Value, 0, 1);
        var filled = (int)(share * BarCells);
        var left = share > 0.01 ? elapsed / share * (1 - share) : (TimeSpan?)null;
        var bar = new string('█', filled) + new string('░', BarCells - filled);
        return string.Create(
            CultureInfo.InvariantCulture,
            $" {bar} {share,4:P0}{(left is { } rest ? $", {Math.Ceiling(rest.TotalSeconds):F0} s left" : "")}");
    }
}

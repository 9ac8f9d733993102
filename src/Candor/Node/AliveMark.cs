using System.Globalization;
using System.Text;
using Candor.Effects;

namespace Candor.Node;

/// <summary>
/// The last instant at which this node is known to have watched. Between it and the next start nobody did, and the
/// history says so.
/// </summary>
internal sealed class AliveMark(IDisk disk, string path, TimeProvider time)
{
    private const int BytesMax = 64;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>What an earlier run left; null where there was none or it cannot be read.</summary>
    public DateTimeOffset? Read()
    {
        try
        {
            return disk.Read(path, BytesMax) is { } bytes
                && DateTimeOffset.TryParseExact(
                    Encoding.ASCII.GetString(bytes), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? at
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, time, stopping);
                Write();
            }
        }
        finally
        {
            Write();
        }
    }

    private void Write()
    {
        try
        {
            disk.Replace(path, Encoding.ASCII.GetBytes(time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // A full disk: the gap in the history will look a little longer than it was.
        }
    }
}

using System.Diagnostics;

namespace Candor.SystemTests.Serve;

/// <summary>Small things that tests do to the machine.</summary>
public static class Tools
{
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(Repository.Find(program)!, arguments);
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Takes every byte that the volume still has.</summary>
    public static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1);
        for (var block = 1 << 20; block >= 512; block /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[block]);
                }
            }
            catch (IOException)
            {
                // This much does not fit any more; half of it may.
            }
        }
    }
}

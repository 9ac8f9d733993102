using System.Diagnostics;
using System.IO.Pipelines;

namespace Candor.Effects;

internal sealed class PipedProcess : IPipedProcess
{
    private readonly Process process;

    public PipedProcess(Process started)
    {
        process = started;
        Output = PipeReader.Create(started.StandardOutput.BaseStream, new(bufferSize: 16 * 1024));
        Ended = EndAsync(CancellationToken.None);
    }

    public int Id => process.Id;

    public Stream Input => process.StandardInput.BaseStream;

    public PipeReader Output { get; }

    public Task<int> Ended { get; }

    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private async Task<int> EndAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }
}

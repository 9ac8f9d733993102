using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Candor.Effects;

/// <summary>The only place where Candor starts another program. No shell: the argument list reaches the program as it is.</summary>
internal sealed class SystemProcesses(TimeProvider time) : IProcesses
{
    // A plugin gets what it needs to run and to print plain text; nothing of ours, which may hold secrets.
    private static readonly string[] KeptVariables = ["PATH", "HOME", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "TZ"];

    // Where the runtime is found, for a program of ours.
    private static readonly string[] RuntimeVariables = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SSL_CERT_DIR"];

    public async Task<ProcessOutcome> RunAsync(
        string file, IReadOnlyList<string> arguments, TimeSpan deadline, int outputLimitBytes, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Start(file, arguments) };
        try
        {
            if (!process.Start())
            {
                return new(ProcessEnd.NotStarted, null, "", $"{file} could not be started");
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return new(ProcessEnd.NotStarted, null, "", $"{file} could not be started: {e.Message}");
        }

        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var output = ReadAsync(process.StandardOutput.BaseStream, outputLimitBytes, both.Token);
        var error = ReadAsync(process.StandardError.BaseStream, outputLimitBytes, both.Token);
        try
        {
            await process.WaitForExitAsync(both.Token);
            return new(ProcessEnd.Exited, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            // A grandchild that keeps the pipe open holds the readers as well, so the whole tree goes.
            process.Kill(entireProcessTree: true);
            var (said, complained) = (await output, await error);
            cancellation.ThrowIfCancellationRequested();
            return new(ProcessEnd.KilledAtDeadline, null, said, complained);
        }
    }

    /// <summary>
    /// Starts this very program again beside us, with pipes to it. Its errors go where ours go, or are heard line by line.
    /// Throws <see cref="IOException"/> where it cannot be started.
    /// </summary>
    /// <param name="under">A program and its arguments that start it in turn: in a network of its own.</param>
    public static IPipedProcess StartBeside(IReadOnlyList<string> arguments, Action<string>? complained = null, IReadOnlyList<string>? under = null)
    {
        var self = Environment.ProcessPath ?? throw new IOException("The path of this program is not known, so it cannot be started beside itself.");
        string[] command = [.. under ?? [], self, .. arguments];
        var (file, start) = (command[0], Start(command[0], command[1..]));
        start.RedirectStandardError = complained is not null;
        foreach (var name in RuntimeVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            if (complained is not null)
            {
                process.ErrorDataReceived += (_, line) => complained(line.Data ?? "");
                process.BeginErrorReadLine();
            }

            return new PipedProcess(process);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            throw new IOException($"{file} could not be started: {e.Message}", e);
        }
    }

    private static ProcessStartInfo Start(string file, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(KeptVariables, StringComparer.Ordinal).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    /// <summary>Everything up to the limit; the rest is read and dropped so that the program never blocks on a full pipe.</summary>
    private static async Task<string> ReadAsync(Stream stream, int limitBytes, CancellationToken cancellation)
    {
        var kept = new MemoryStream();
        var buffer = new byte[4_096];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var length)
            {
                await kept.WriteAsync(buffer.AsMemory(0, Math.Min(length, limitBytes - (int)kept.Length)), CancellationToken.None);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // What was said before the end is still worth showing.
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}

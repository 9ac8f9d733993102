using System.IO.Pipelines;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Workers;

namespace Candor.Commands.Notices;

/// <summary>
/// The process of one channel, as <c>candor serve</c> starts it: spoken with through its standard input and output, without
/// files, and over when they are.
/// </summary>
internal static class ChannelProcess
{
    /// <param name="stopping">A signal to the whole group is for the core, which ends this one by its pipe once everything in hand is answered.</param>
    public static async Task<int> RunAsync(string channel, CancellationToken stopping)
    {
        if (!Console.IsInputRedirected)
        {
            throw new CommandFault(
                "This is the process of a channel, and nobody hands it anything.", "`candor serve` starts one for each channel in use.");
        }

        // Threads begin with what the one had that started them, so the whole process gives way to the page.
        LibC.GiveWay(LowPriorityThreads.Nice);
        LibC.LeaveAProcessor();
        SocketThreads.FinishInPlace();
        var (time, randomness) = (TimeProvider.System, new SystemRandomness());
        var names = new SystemNames(time);
        var host = new ChannelHost(
            ChannelKinds.Find(channel) ?? throw new CommandFault($"There is no channel {channel}.", "`candor notify --help` names them."),
            settings => new(
                new Egress(names.Rules([.. settings.Allow.Select(System.Net.IPNetwork.Parse)]), names.Files, randomness, time), time, randomness),
            time);
        try
        {
            stopping.ThrowIfCancellationRequested();
            using var pipe = new FramePipe(PipeReader.Create(Console.OpenStandardInput(), new(bufferSize: 16 * 1024)), Console.OpenStandardOutput());
            await host.RunAsync(pipe, CancellationToken.None);
            return Exit.Done;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or ArgumentException)
        {
            throw new CommandFault(fault.Message, "`candor serve` starts the process of each channel in use and speaks with it.");
        }
    }
}

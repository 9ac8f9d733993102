using System.CommandLine;
using Candor.Commands.Notices;
using Candor.Notices.Channels;

namespace Candor.Commands;

/// <summary><c>candor notify</c>: the ways in which people are told.</summary>
internal static class NotifyCommand
{
    public static Command Create()
    {
        var channel = new Option<string>("--channel") { Description = "Be the process of this channel; `candor serve` starts it.", Required = true };
        channel.AcceptOnlyFromAmong([.. ChannelKinds.All.Select(static kind => kind.Name)]);
        var command = new CandorCommand("notify", "Hand notices over by one channel. `candor serve` starts this by itself.") { Options = { channel } };
        command.SetAction((parsed, stopping) => ChannelProcess.RunAsync(parsed.GetValue(channel)!, stopping));
        return command;
    }
}

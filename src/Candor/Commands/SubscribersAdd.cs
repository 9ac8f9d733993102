using System.CommandLine;
using System.Text.Json;
using Candor.Commands.Posts;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Subscribers;

namespace Candor.Commands;

/// <summary><c>candor subscribers add</c>: one or several by hand, as a list would enter them.</summary>
internal static class SubscribersAdd
{
    public static CandorCommand Create(Terminal terminal, IRandomness randomness, PostAccess access)
    {
        var channel = new Argument<string>("channel") { Description = "By which channel." };
        channel.AcceptOnlyFromAmong([.. ChannelKinds.All.Select(static kind => kind.Name)]);
        var addresses = new Argument<string[]>("address") { Description = "Where it goes, as the channel reads it.", Arity = ArgumentArity.OneOrMore };
        var components = new Option<string[]>("--component") { Description = "The id of a component or group to be told about; otherwise the whole page.", HelpName = "id" };
        var reminders = new Option<bool>("--reminders") { Description = "A responder: reminded as well of what is due." };
        var json = CommonOptions.Json();
        var command = SubscribersCommand.With(
            new("add", "Enter somebody by hand. Nothing is sent; you vouch that they want to be told.")
            {
                Arguments = { channel, addresses },
                Options = { components, reminders, json },
                Examples =
                [
                    ("candor subscribers add email ada@example.com grace@example.com", ""),
                    ("candor subscribers add webhook https://example.com/hook", "prints the key to check signatures with, once"),
                ],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            foreach (var address in parsed.GetValue(addresses)!)
            {
                var body = new SubscriberBody
                {
                    Channel = parsed.GetValue(channel),
                    Address = address,
                    Components = parsed.GetValue(components) is { Length: > 0 } named ? named : null,
                    Reminders = parsed.GetValue(reminders) ? true : null,
                };
                var entered = JsonSerializer.Deserialize(
                    await server.PostAsync("/api/subscribers", body, SubscriberJson.Default.SubscriberBody, randomness.NextId(), stopping),
                    SubscriberJson.Default.SubscriberView)!;
                if (parsed.GetValue(json))
                {
                    terminal.Line(JsonSerializer.Serialize(entered, SubscriberJson.Default.SubscriberView));
                    continue;
                }

                terminal.Line($"{entered.Id}  {entered.Address} is told by {entered.Channel}.");
                if (entered is { SigningKey: { } key, Channel: "webhook" })
                {
                    terminal.Line($"Signing key, shown once: {key}");
                }

                if (entered.Warning is { } warning)
                {
                    terminal.Line("Look at it: " + warning);
                }
            }

            return Exit.Done;
        });
        return command;
    }
}

using System.CommandLine;
using System.Net;
using Candor.Effects;
using Candor.Node;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;
using Candor.Notices.Wording;
using Candor.Settings;

namespace Candor.Commands.Mails;

/// <summary><c>candor check email</c>: one mail by the settings as they are in the file, and what came of it.</summary>
internal static class MailCheck
{
    public static Command Create(
        Terminal terminal, IDisk disk, IRandomness randomness, IReadOnlyList<ICheckReader> checks, Func<string, string?> environment)
    {
        var file = CommonOptions.Config();
        var to = new Option<string>("--to") { Description = "Where it goes: a mail address.", HelpName = "address", Required = true };
        var command = new CandorCommand("email", "Send one test mail by the settings and show what the mail server said.")
        {
            Options = { to, file },
            Examples = [("candor check email --to you@example.com", "one mail by the settings in candor.yaml")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var path = parsed.GetValue(file)!;
            var declaration = Read(terminal, disk, path, checks);
            var kind = new EmailKind();
            var (address, refusal) = kind.ReadAddress(parsed.GetValue(to)!);
            if (address is null)
            {
                throw new CommandFault(refusal!.Sentence, "Name the receiver with --to.", Exit.WrongUsage);
            }

            var settings = SettingsOf(declaration, disk, environment, path);
            return await SendAsync(
                terminal, Open(kind, settings, terminal, randomness), TestLetter.Of(declaration.Page, address, randomness.NextId(32), terminal.Time.GetUtcNow()), kind.Timing.SendWithin, stopping);
        });
        return command;
    }

    private static Declaration Read(Terminal terminal, IDisk disk, string path, IReadOnlyList<ICheckReader> checks)
    {
        var bytes = SettingsFile.Load(disk, path);
        var answer = new SettingsReader(checks).Read(bytes);
        if (answer.Declaration is { } declaration)
        {
            return declaration;
        }

        SettingsFile.Explain(terminal, bytes, answer.Faults);
        throw SettingsFile.Refused(path, answer.Faults);
    }

    private static ChannelSettings SettingsOf(Declaration declaration, IDisk disk, Func<string, string?> environment, string path)
    {
        if (declaration.Notices.Email is not { } email)
        {
            throw new CommandFault($"{path} says nothing of notices.email.", "docs/settings.md has an example.");
        }

        return ChannelValues.Email(email, environment, disk, declaration.Policy.EgressAllow, out var fault)
            ?? throw new CommandFault(fault, "Then try again.");
    }

    private static IChannel Open(EmailKind kind, ChannelSettings settings, Terminal terminal, IRandomness randomness)
    {
        var names = new SystemNames(terminal.Time);
        var network = new Egress(names.Rules([.. settings.Allow.Select(IPNetwork.Parse)]), names.Files, randomness, terminal.Time);
        try
        {
            return kind.Open(settings, new(network, terminal.Time, randomness));
        }
        catch (ArgumentException e)
        {
            throw new CommandFault(e.Message, "docs/settings.md says how it is written.");
        }
    }

    private static async Task<int> SendAsync(Terminal terminal, IChannel channel, Message message, TimeSpan within, CancellationToken stopping)
    {
        await using (channel)
        {
            using var patience = new CancellationTokenSource(within, terminal.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
            var handover = await channel.SendAsync(message, both.Token);
            if (handover.End != HandoverEnd.Delivered)
            {
                throw new CommandFault($"It was not handed over: {handover.Said}.", HandoverWords.Next(handover)!);
            }

            terminal.Line($"Handed over: {handover.Said}");
            return Exit.Done;
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;

namespace Candor.Commands;

/// <summary><c>candor mirror tell</c>: has people told of a bulletin or goes on with it, ends it, or tries beforehand whether it would work.</summary>
internal static class MirrorTellCommand
{
    /// <summary>Some bulletin has to be named where none is meant.</summary>
    private const string NoBulletin = "000000000000";

    public static CandorCommand Create(Terminal terminal, IDisk disk)
    {
        var to = new Option<string[]>("--to") { Description = "A mirror's address; once for each mirror that may have told people of it.", HelpName = "url", Required = true };
        var file = new Option<string>("--key-file") { Description = "The private key that `candor mirror emergency` wrote.", HelpName = "file", Required = true };
        var tell = MirrorTells.ContactsKeyOption("--tell", "The private key that `candor mirror contacts` wrote.");
        var bulletin = new Option<string?>("--bulletin") { Description = "The id of a bulletin that the mirror shows.", HelpName = "id" };
        var anew = new Option<bool>("--anew") { Description = "Also where it is not known that no other mirror has told people of it: those are told twice." };
        var stop = new Option<bool>("--stop") { Description = "End it: nobody else is told, and whoever is being told is noted." };
        var trial = new Option<string?>("--try") { Description = "Send one mail to this address and tell nobody, to see beforehand that it works.", HelpName = "address" };
        var (home, old) = (MirrorTells.HomeOption(), MirrorTells.OldOption());
        var command = new CandorCommand("tell", "Have a mirror tell people by mail of a bulletin that it shows, or go on where that was cut off.")
        {
            Options = { to, file, tell, bulletin, anew, stop, trial, home, old },
            Examples =
            [
                ("candor mirror tell --to https://status.example.net --key-file emergency.key --tell contacts.key --bulletin 4f8k2n6p9q1s", "whoever was told already is not told again"),
                ("candor mirror tell --to https://status.example.net --key-file emergency.key --bulletin 4f8k2n6p9q1s --stop", "nobody else is told"),
                ("candor mirror tell --to https://status.example.net --key-file emergency.key --tell contacts.key --try you@example.com", "while all is well: one mail, to you"),
            ],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            if (parsed.GetValue(stop) && (parsed.GetValue(trial) is not null || parsed.GetValue(anew)))
            {
                throw new CommandFault(
                    $"--stop ends a telling, and {(parsed.GetValue(anew) ? "--anew" : "--try")} begins one.", "Say one of them at a time; nothing was done.", Exit.WrongUsage);
            }

            var mirrors = parsed.GetValue(to)!.Select(static one => MirrorCommand.AddressOf(one, "--to")).ToList();
            using var key = MirrorPosts.KeyIn(disk, parsed.GetValue(file)!);
            var there = MirrorTells.HomeIn(parsed.GetValue(home));
            using var opens = MirrorTells.KeyIn(disk, parsed.GetValue(tell), "--tell");
            var tells = opens is null ? null : new MirrorTells(terminal, key, opens, there, parsed.GetValue(old));
            if (parsed.GetValue(trial) is { } address)
            {
                await EachAsync(terminal, key, mirrors, (client, mirror, stop) => TryAsync(terminal, client, tells, mirror, there ?? mirror, address, stop), stopping);
                return Exit.Done;
            }

            var id = parsed.GetValue(bulletin) ?? throw new CommandFault("--bulletin: no bulletin is named.", "`candor mirror post` said its id.", Exit.WrongUsage);
            if (parsed.GetValue(stop))
            {
                await EachAsync(terminal, key, mirrors, (client, mirror, stop) => StopAsync(terminal, client, mirror, there ?? mirror, id, stop), stopping);
                return Exit.Done;
            }

            await (tells ?? throw new CommandFault("--tell: no key is named.", "--tell contacts.key", Exit.WrongUsage)).GoOnAsync(mirrors, id, parsed.GetValue(anew), stopping);
            return Exit.Done;
        });
        return command;
    }

    /// <summary>All of them, also where one cannot; throws with what those said.</summary>
    private static async Task EachAsync(Terminal terminal, SigningKey key, IReadOnlyList<Uri> mirrors, Func<TellingClient, Uri, CancellationToken, Task<string?>> act, CancellationToken stopping)
    {
        using var client = new TellingClient(terminal, key);
        var faults = new List<string>();
        foreach (var mirror in mirrors)
        {
            if (await act(client, mirror, stopping) is { } fault)
            {
                faults.Add($"{mirror}: {fault}");
            }
        }

        if (faults.Count > 0)
        {
            throw new CommandFault(string.Join(' ', faults), "Once that is mended, say it again.");
        }
    }

    /// <summary>Null once nobody else is told, or why that is not so.</summary>
    private static async Task<string?> StopAsync(Terminal terminal, TellingClient client, Uri mirror, Uri home, string bulletin, CancellationToken stopping)
    {
        var (ready, why, _) = await client.AskAsync(mirror, new(bulletin), stopping);
        if (ready is null)
        {
            return why;
        }

        var (answer, refusal, _) = await client.AskAsync(mirror, new(bulletin) { Challenge = ready.Challenge, Home = home.AbsoluteUri, IsStop = true }, stopping);
        while (answer?.Telling is { IsRunning: true, IsStopping: true })
        {
            await Task.Delay(TellingClient.LookEvery, terminal.Time, stopping);
            (answer, refusal, _) = await client.AskAsync(mirror, new(bulletin), stopping);
        }

        if (answer is { Telling: null })
        {
            // Each is named that may have told people, and seldom more than one of them has.
            terminal.Line($"{mirror} has told nobody of that bulletin and tells nobody.");
            return null;
        }

        if (answer?.Telling is not { IsRunning: false } state)
        {
            return answer is null ? refusal : "it goes on; it is too old to be stopped.";
        }

        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{mirror} tells nobody else. Told by mail: {state.Told} of {state.Total}; not reached {state.Left}."));
        return null;
    }

    /// <summary>Null where the mail server has taken a mail, or why it has not.</summary>
    private static async Task<string?> TryAsync(Terminal terminal, TellingClient client, MirrorTells? tells, Uri mirror, Uri home, string address, CancellationToken stopping)
    {
        var (ready, why, _) = await client.AskAsync(mirror, new(NoBulletin), stopping);
        if (ready is null)
        {
            return why;
        }

        if (tells?.Unready(mirror, ready) is { } unready)
        {
            return unready;
        }

        var (said, refusal) = await client.TryAsync(mirror, new(NoBulletin) { Challenge = ready.Challenge, Home = home.AbsoluteUri, Trial = address }, stopping);
        if (said is not null)
        {
            terminal.Line($"{mirror}: {said}");
        }

        return refusal;
    }
}

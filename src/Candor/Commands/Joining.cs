using Candor.Access;
using Candor.Agents.Outpost;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Commands;

/// <summary>
/// How an agent comes to be one: the key is on the disk before the core hears of it, so that an answer which was lost can be
/// asked for again; the same for each key that follows.
/// </summary>
internal sealed class Joining(IDisk disk, string path, Func<Uri, CoreLine> lineTo)
{
    private const string Remedy = "`candor place add NAME` at the server makes a code; start this once with --server URL --code CODE.";

    /// <summary>Who this is, let in. Ends the command where that cannot be.</summary>
    public async Task<(Identity Identity, CoreLine Line)> AsAsync(string? server, string? code, bool newKey, CancellationToken cancellation)
    {
        var identity = Identity.Load(disk, path);
        if (identity?.Place is null)
        {
            identity = await JoinAsync(identity, server, code, cancellation);
        }
        else if (code is not null)
        {
            throw new CommandFault($"This folder is {identity} already.", "Leave --code out; or name another folder with --data for another agent.");
        }
        else if (server is not null && AddressOf(server) is var moved && moved.ToString() != identity.Server)
        {
            identity = identity with { Server = moved.ToString() };
            identity.Save(disk, path);
        }

        var line = lineTo(new(identity.Server));
        return (newKey || identity.NextKey is not null ? await RotateAsync(identity, line, cancellation) : identity, line);
    }

    /// <summary>What an agent is given may hold secrets, so it goes in the open to this machine alone.</summary>
    internal static Uri AddressOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" })
        {
            throw new CommandFault($"--server: “{text}” is no address of a server.", "--server https://status.example.com", Exit.WrongUsage);
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw new CommandFault(
                $"What {address.Host} sends may hold secrets, and would go over the network in the open.",
                "Use https://, or a tunnel: `ssh -L 8080:127.0.0.1:8080 HOST` and --server http://127.0.0.1:8080.", Exit.Unsafe);
    }

    private async Task<Identity> JoinAsync(Identity? begun, string? server, string? code, CancellationToken cancellation)
    {
        if (code is null || (server ?? begun?.Server) is not { } named)
        {
            throw new CommandFault("This agent was not let in yet.", Remedy, Exit.WrongUsage);
        }

        if (TokenText.Read(code.Trim()) is null)
        {
            throw new CommandFault("The code is none, or has a slip in it.", "Copy it again, whole; it begins with cnd_agent_.", Exit.WrongUsage);
        }

        var address = AddressOf(named);
        var identity = (begun ?? Identity.New(address.ToString())) with { Server = address.ToString() };
        identity.Save(disk, path);
        using var key = identity.OpenKey();
        var answer = await lineTo(address).EnrolAsync(code.Trim(), key, cancellation);
        if (answer.Said is not { } said)
        {
            throw Fault(answer.Refusal, answer.Silence, address, "Run it again with the same code: it is good for this key however often.");
        }

        identity = identity with { Place = said.Place };
        identity.Save(disk, path);
        return identity;
    }

    private async Task<Identity> RotateAsync(Identity identity, CoreLine line, CancellationToken cancellation)
    {
        identity = identity with { NextKey = identity.NextKey ?? Identity.NewKey() };
        identity.Save(disk, path);
        using var before = identity.OpenKey();
        using var next = Identity.Open(identity.NextKey);
        var answer = await line.RotateAsync(identity.Place!, before, next, cancellation);
        if (answer.Refusal?.Code == "agent.signature")
        {
            // It may have been taken the last time, and the answer lost.
            answer = await line.RotateAsync(identity.Place!, next, next, cancellation);
        }

        if (answer.Said is null)
        {
            throw Fault(answer.Refusal, answer.Silence, new(identity.Server), "Run it again: whichever key the server knows is found out.");
        }

        identity = identity with { PrivateKey = identity.NextKey, NextKey = null };
        identity.Save(disk, path);
        return identity;
    }

    private static CommandFault Fault(Refusal? refusal, string? silence, Uri address, string again) => refusal is not null
        ? new(refusal.Sentence, Remedy)
        : new($"{address} did not let this agent in: {silence}.", again);
}

using System.Net;
using System.Net.Sockets;

namespace Candor.Effects.Dns;

/// <summary>
/// Turns a name into addresses with our own client, so that "the name does not exist" (the owner's trouble) is told from
/// "our resolver does not answer" (ours). Hosts file and localhost first, then every configured resolver in turn, twice.
/// </summary>
internal sealed class NameResolver(DnsClient client, Func<ResolverFiles> files, TimeProvider time)
{
    private const int Rounds = 2;
    private static readonly TimeSpan PatiencePerServer = TimeSpan.FromSeconds(2);
    private static readonly IPAddress[] Loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    public async ValueTask<NameLookup> LookUpAsync(string name, CancellationToken cancellation)
    {
        var known = files();
        if (known.Hosts.TryGetValue(name, out var listed))
        {
            return new(NameAnswer.Found, listed, "");
        }

        if (name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal))
        {
            return new(NameAnswer.Found, Loopback, ""); // RFC 6761 §6.3
        }

        if (known.Servers.IsEmpty)
        {
            return new(NameAnswer.ResolverFailed, [], "this machine has no resolver in /etc/resolv.conf");
        }

        NameLookup? worst = null;
        foreach (var candidate in Candidates(name, known))
        {
            var found = await OneAsync(candidate, known, cancellation);
            if (found.Answer is NameAnswer.Found or NameAnswer.ResolverFailed)
            {
                return found;
            }

            // "Exists without an address" says more than "does not exist" for a name out of the search list.
            worst = worst is { Answer: NameAnswer.NoAddress } ? worst : found;
        }

        return worst! with { Reason = Said(worst!.Answer, name) };
    }

    private static IEnumerable<string> Candidates(string name, ResolverFiles known) =>
        name.Count(c => c == '.') < known.Dots
            ? known.Search.Select(s => $"{name}.{s}").Where(n => n.Length < 254).Append(name)
            : [name];

    private async ValueTask<NameLookup> OneAsync(string name, ResolverFiles known, CancellationToken cancellation)
    {
        var four = AskAllAsync(name, DnsType.A, known, cancellation);
        var six = AskAllAsync(name, DnsType.AAAA, known, cancellation);
        var (v4, fault4) = await four;
        var (v6, fault6) = await six;
        var addresses = Addresses(v4).Concat(Addresses(v6)).ToArray();
        if (addresses.Length > 0)
        {
            return new(NameAnswer.Found, addresses, "");
        }

        if (v4 is null || v6 is null)
        {
            return new(NameAnswer.ResolverFailed, [], v4 is null ? fault4 : fault6);
        }

        var answer = v4.Code == DnsCode.NoSuchName ? NameAnswer.NoSuchName : NameAnswer.NoAddress;
        return new(answer, [], Said(answer, name));
    }

    private static string Said(NameAnswer answer, string name) => answer == NameAnswer.NoSuchName
        ? $"the name {name} does not exist"
        : $"the name {name} has no address";

    /// <summary>The first definite answer of any server, or null and what the last one did instead.</summary>
    private async Task<(DnsReply? Reply, string Fault)> AskAllAsync(
        string name, DnsType type, ResolverFiles known, CancellationToken cancellation)
    {
        var fault = "";
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var server in known.Servers)
            {
                using var patience = new CancellationTokenSource(PatiencePerServer, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
                try
                {
                    var reply = await client.AskAsync(server, name, type, both.Token);
                    if (reply.Code is DnsCode.NoError or DnsCode.NoSuchName)
                    {
                        return (reply, "");
                    }

                    // Another server may know; if none does, we cannot tell whose fault it is, so it is nobody's evidence.
                    fault = $"our resolver {server.Address} answered {reply.CodeName} for {name}";
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    fault = $"our resolver {server.Address} does not answer";
                }
                catch (Exception e) when (e is SocketException or IOException or InvalidDataException)
                {
                    fault = $"our resolver {server.Address} cannot be asked";
                }
            }
        }

        return (null, fault);
    }

    private static IEnumerable<IPAddress> Addresses(DnsReply? reply) =>
        reply is null ? [] : reply.Answers.Where(r => r.Type is DnsType.A or DnsType.AAAA).Select(r => new IPAddress(r.Bytes));
}

/// <summary>Addresses in the order to be tried, or why there are none.</summary>
internal sealed record NameLookup(NameAnswer Answer, IReadOnlyList<IPAddress> Addresses, string Reason);

using Candor.Effects;

namespace Candor.Commands.Doctor;

/// <summary>Whether names resolve, by the same client that probes use.</summary>
internal static class NameFindings
{
    private const string Name = "resolvers";
    private const string KnownName = "example.com";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<Finding> OfAsync(TimeProvider time, CancellationToken cancellation)
    {
        var names = new SystemNames(time);
        var servers = string.Join(", ", names.Files().Servers.Select(server => server.Address));
        if (servers.Length == 0)
        {
            return Finding.Bad(Name, "/etc/resolv.conf names none", "Write a line “nameserver 9.9.9.9” into /etc/resolv.conf.");
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var egress = new Egress(names.Rules([]), names.Files, new SystemRandomness(), time);
            var found = await egress.ResolveAsync(KnownName, both.Token);
            return found.Answer == NameAnswer.ResolverFailed ? Silent(servers, found.Reason) : Finding.Good(Name, servers);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Silent(servers, "no answer within 5 s");
        }
    }

    private static Finding Silent(string servers, string reason) => Finding.Warn(
        Name,
        $"{servers}: {reason}",
        "Until they answer, whatever is watched by name is unknown. Try `getent hosts example.com`, then /etc/resolv.conf.");
}

using System.Globalization;
using Candor.Effects;

namespace Candor.Commands.Drills.Rig;

/// <summary>
/// A network of a drill's own, in which hosts are namespaces of the kernel: some inside, behind a private link that can be cut,
/// some outside. Nothing of it is seen outside the drill, and all of it is gone with its last process.
/// </summary>
internal sealed class DrillNetwork(TimeProvider time)
{
    /// <summary>Of this process, where everything that is looked at and reported to is, on either side.</summary>
    public const string Here = "10.78.3.1";

    private const string Private = "private";
    private const string Public = "public";
    private const int OutputMost = 4_096;
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(30);
    private static readonly string[] Places = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin"];

    private readonly SystemProcesses processes = new(time);

    /// <summary>What starts a program in a network of its own, as whoever runs the drill; null where this machine has no such thing.</summary>
    public static IReadOnlyList<string>? Apart => Find("unshare") is { } unshare && Find("ip") is not null && Find("mount") is not null
        ? [unshare, "--net", "--mount", .. Environment.IsPrivilegedProcess ? (string[])[] : ["--user", "--map-root-user"]]
        : null;

    /// <summary>What starts a program on a host, which then believes one certificate.</summary>
    public static IReadOnlyList<string> On(string host, string certificate) => [Find("ip")!, "netns", "exec", host, "env", $"SSL_CERT_FILE={certificate}"];

    /// <summary>Lays the cables.</summary>
    public async Task WireAsync(IReadOnlyList<string> inside, IReadOnlyList<string> outside, CancellationToken cancellation)
    {
        await DoAsync("mount", "-t tmpfs tmpfs /run", cancellation);
        await DoAsync("ip", "link set lo up", cancellation);
        await DoAsync("ip", $"addr add {Here}/32 dev lo", cancellation);
        await SideAsync(Private, 1, inside, cancellation);
        await SideAsync(Public, 2, outside, cancellation);
    }

    /// <summary>The private link carries nothing more, and nobody is told so.</summary>
    public Task CutAsync(CancellationToken cancellation) => DoAsync("ip", $"link set {Private} down", cancellation);

    public Task MendAsync(CancellationToken cancellation) => DoAsync("ip", $"link set {Private} up", cancellation);

    private static string? Find(string program) => Places.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private async Task SideAsync(string side, int net, IReadOnlyList<string> hosts, CancellationToken cancellation)
    {
        var gateway = string.Create(CultureInfo.InvariantCulture, $"10.78.{net}.1");
        await DoAsync("ip", $"link add name {side} type bridge", cancellation);
        await DoAsync("ip", $"addr add {gateway}/24 dev {side}", cancellation);
        await DoAsync("ip", $"link set {side} up", cancellation);
        foreach (var (at, host) in hosts.Index())
        {
            await DoAsync("ip", $"netns add {host}", cancellation);
            await DoAsync("ip", $"link add name {host} type veth peer name eth0 netns {host}", cancellation);
            await DoAsync("ip", $"link set {host} master {side} up", cancellation);
            await DoAsync("ip", string.Create(CultureInfo.InvariantCulture, $"-n {host} addr add 10.78.{net}.{at + 11}/24 dev eth0"), cancellation);
            await DoAsync("ip", $"-n {host} link set lo up", cancellation);
            await DoAsync("ip", $"-n {host} link set eth0 up", cancellation);
            await DoAsync("ip", $"-n {host} route add default via {gateway}", cancellation);
        }
    }

    private async Task DoAsync(string program, string arguments, CancellationToken cancellation)
    {
        var outcome = await processes.RunAsync(Find(program)!, arguments.Split(' '), DoneWithin, OutputMost, cancellation);
        if (outcome.ExitCode != 0)
        {
            throw new CommandFault(
                $"This machine does not let the drill have a network of its own: {program} {arguments}: {outcome.Error.Trim()}",
                "Run it as root, or where unprivileged user namespaces are allowed; a container often may not.");
        }
    }
}

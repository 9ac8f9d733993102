using System.Diagnostics;

namespace Candor.SystemTests.Hosts;

/// <summary>
/// A test that starts itself again where network and mounts are its own: what it does to links, routes, names and rules is
/// seen by nobody else, and is gone with it, however it ends.
/// </summary>
internal static class OwnNetwork
{
    public const string NotHere = "needs root that may make network namespaces, and iproute2, nftables, nginx-light, dnsmasq-base, openssl and sqlite3";
    public const string Itself = "starts itself in a network of its own";

    /// <summary>A new network lets nobody ping.</summary>
    public const string LetPing = "echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range";

    private const string Inside = "CANDOR_INSIDE_NAMESPACE";

    /// <summary>`ip netns` keeps its list below /run, which goes with the test; what names stand for is asked of a host of the test.</summary>
    private const string SetUp =
        "mount -t tmpfs tmpfs /run && mount --bind \"$2\" /etc/resolv.conf && ip link set lo up && exec \"$0\" -noColor -method \"$1\"";

    public static bool IsInside => Environment.GetEnvironmentVariable(Inside) == "1";

    /// <summary>Tries it: a container's root is often not allowed to.</summary>
    public static bool Cannot { get; } = Environment.UserName != "root"
        || new[] { "unshare", "ip", "nft", "nginx", "dnsmasq", "openssl", "sqlite3" }.Any(static program => Repository.Find(program) is null)
        || !MayUnshare();

    /// <summary>Runs one test of this very program inside, and holds it to have passed.</summary>
    public static async Task RunAsync(string test, CancellationToken cancellation)
    {
        var names = Path.Combine(Directory.CreateTempSubdirectory("candor-names-").FullName, "resolv.conf");
        await File.WriteAllTextAsync(names, $"nameserver {Lan.NamesAddress}\n", cancellation);
        using var process = Process.Start(new ProcessStartInfo(
            Repository.Find("unshare")!, ["-n", "-m", "sh", "-c", SetUp, Environment.ProcessPath!, $"*.{test}", names])
        {
            Environment = { [Inside] = "1", ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            var all = await said + await complained;
            Assert.True(all.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", StringComparison.Ordinal), all);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            Directory.Delete(Path.GetDirectoryName(names)!, recursive: true);
        }
    }

    private static bool MayUnshare()
    {
        using var tried = Process.Start(new ProcessStartInfo(
            Repository.Find("unshare")!,
            ["-n", "-m", "sh", "-c", "mount -t tmpfs tmpfs /run && ip netns add tried && ip link add name switch1 type bridge && ip link add name cable1 type veth peer name eth0 netns tried && ip netns exec tried nft list tables"])
        {
            Environment = { ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        tried.WaitForExit();
        return tried.ExitCode == 0;
    }
}

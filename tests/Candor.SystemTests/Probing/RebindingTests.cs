using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Probing;
using Candor.State;

namespace Candor.SystemTests.Probing;

/// <summary>
/// Names that are public when they are looked at and private when they are connected to, and the kernel as witness. The
/// test starts itself again in a network namespace in which every address of the world is this machine, so that a packet
/// that must not be sent would arrive, and nftables counts by address what really left the process.
/// </summary>
public sealed partial class RebindingTests
{
    private const int Tries = 10_000;
    private const int AtOnce = 8;
    private const string Inside = "CANDOR_INSIDE_NAMESPACE";
    private const int TypeAaaa = 28;

    private const string Rules = """
        table inet watch {
          counter public { }
          counter public6 { }
          counter forbidden { }
          counter forbidden6 { }
          chain out {
            type filter hook output priority 0;
            tcp dport 80 ip daddr 93.184.215.14 counter name public
            tcp dport 80 ip daddr { 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16 } counter name forbidden
            tcp dport 80 ip6 daddr 2606:2800:220::14 counter name public6
            tcp dport 80 ip6 daddr != 2606:2800:220::14 counter name forbidden6
          }
        }
        """;

    private static readonly IPAddress[] Public = [IPAddress.Parse("93.184.215.14"), IPAddress.Parse("2606:2800:220::14")];

    private static readonly IPAddress[][] Private =
    [
        Addresses("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "0.0.0.0"),
        Addresses(
            "::1", "::", "fc00::1", "fd00:ec2::254", "fe80::1", "ff02::1", "::ffff:169.254.169.254", "64:ff9b::a00:1",
            "64:ff9b:1::a00:1", "2002:a9fe:a9fe::1", "2001:0:5ef5:79fb::1", "2606:2800:220::5efe:a00:1"),
    ];

    public static bool IsInside => Environment.GetEnvironmentVariable(Inside) == "1";

    public static bool Cannot => Environment.UserName != "root" || Repository.Find("unshare") is null
        || Repository.Find("nft") is null || Repository.Find("ip") is null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs root, unshare, ip and nft", SkipWhen = nameof(Cannot))]
    public async Task SEC_12_Ten_thousand_names_that_change_their_mind_send_no_packet_inside()
    {
        const string SetUp = "ip link set lo up && ip route add local default dev lo && ip -6 route add local default dev lo"
            + " && nft -f - && exec \"$0\" -noColor -method \"$1\"";
        using var process = Process.Start(new ProcessStartInfo(
            Repository.Find("unshare")!,
            ["-n", "sh", "-c", SetUp, Environment.ProcessPath!, $"*.{nameof(Within_the_namespace_only_the_public_address_is_ever_reached)}"])
        {
            Environment = { [Inside] = "1", ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin" },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.StandardInput.WriteAsync(Rules);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Ct);

        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", await said + await complained, StringComparison.Ordinal);
    }

    [Fact(Skip = "starts itself in a namespace of its own", SkipUnless = nameof(IsInside))]
    public async Task Within_the_namespace_only_the_public_address_is_ever_reached()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var names = new UdpClient(new IPEndPoint(IPAddress.Loopback, 53));
        using var web = TcpListener.Create(80); // both families
        web.Start(1_000);
        var serving = Task.WhenAll(NameAsync(names, stop.Token), ServeAsync(web, stop.Token));

        // That the counter counts, and that what it counts would have arrived.
        foreach (var forbidden in Addresses("169.254.169.254", "fd00:ec2::254"))
        {
            using var proof = new TcpClient(forbidden.AddressFamily);
            await proof.ConnectAsync(forbidden, 80, Ct);
        }

        var before = (await CountAsync("forbidden"), await CountAsync("forbidden6"));
        Assert.True(before is (> 0, > 0), "The counters do not count.");

        var files = ResolverFiles.Empty with { Servers = [new(IPAddress.Loopback, 53)] };
        var egress = new Egress(new([], [IPAddress.Loopback]), () => files, new SystemRandomness(), TimeProvider.System);
        var tools = new ProbeTools(egress, TimeProvider.System, new SystemRandomness()) { Names = () => files };
        await Parallel.ForAsync(0, AtOnce, Ct, async (worker, cancellation) =>
        {
            // Names of IPv4, of IPv6, and of both: of both IPv6 would be reached whenever it is public.
            var probe = CheckKinds.Open(new Check("http", "rebind", $$"""{"url":"http://{{"46x"[worker % 3]}}.rebind.test/"}"""), tools);
            for (var i = worker; i < Tries; i += AtOnce)
            {
                await probe.LookAsync(TimeSpan.FromSeconds(5), cancellation);
            }
        });

        Assert.Equal(before, (await CountAsync("forbidden"), await CountAsync("forbidden6")));
        Assert.True(await CountAsync("public") > Tries / 20, "Hardly a look went out at all: this proves nothing.");
        Assert.True(await CountAsync("public6") > Tries / 20, "Hardly a look went out by IPv6: this proves nothing.");
        await stop.CancelAsync();
        await serving.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static IPAddress[] Addresses(params string[] spelled) => [.. spelled.Select(IPAddress.Parse)];

    private static async Task<long> CountAsync(string counter)
    {
        using var nft = Process.Start(new ProcessStartInfo(Repository.Find("nft")!, ["list", "counter", "inet", "watch", counter])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var said = await nft.StandardOutput.ReadToEndAsync(Ct);
        return long.Parse(Packets().Match(said).Groups["n"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Answers each question for an address differently: public, private, or both at once in either order.</summary>
    private static async Task NameAsync(UdpClient names, CancellationToken cancellation)
    {
        for (var asked = 0; ; asked++)
        {
            var question = await names.ReceiveAsync(cancellation);
            var asking = Question(question.Buffer);
            var family = asking[^3] == TypeAaaa ? 1 : 0;
            var isAnswered = asking[^3] is 1 or TypeAaaa && asking[13] != (family == 0 ? '6' : '4');
            var inside = Private[family][asked / 4 % Private[family].Length];
            IPAddress[] answers = (isAnswered ? asked % 4 : -1) switch
            {
                -1 => [],
                0 => [Public[family]],
                1 => [inside],
                2 => [inside, Public[family]],
                _ => [Public[family], inside],
            };
            await names.SendAsync(Reply(asking, answers), question.RemoteEndPoint, cancellation);
        }
    }

    /// <summary>Header and question, without what a client adds behind them.</summary>
    private static byte[] Question(byte[] message)
    {
        var end = 12;
        while (message[end] != 0)
        {
            end += message[end] + 1;
        }

        return message[..(end + 5)];
    }

    private static byte[] Reply(byte[] question, IPAddress[] addresses)
    {
        var reply = new List<byte>(question);
        (reply[2], reply[3]) = (0x81, 0x80);
        reply[7] = (byte)addresses.Length;
        (reply[8], reply[9], reply[10], reply[11]) = (0, 0, 0, 0);
        Span<byte> fixedPart = stackalloc byte[12];
        foreach (var address in addresses.Select(static address => address.GetAddressBytes()))
        {
            BinaryPrimitives.WriteUInt16BigEndian(fixedPart, 0xC00C); // the name asked for
            BinaryPrimitives.WriteUInt16BigEndian(fixedPart[2..], question[^3]); // what was asked: A or AAAA
            BinaryPrimitives.WriteUInt16BigEndian(fixedPart[4..], 1); // IN
            BinaryPrimitives.WriteUInt32BigEndian(fixedPart[6..], 0); // not to be kept
            BinaryPrimitives.WriteUInt16BigEndian(fixedPart[10..], (ushort)address.Length);
            reply.AddRange(fixedPart);
            reply.AddRange(address);
        }

        return [.. reply];
    }

    private static async Task ServeAsync(TcpListener web, CancellationToken cancellation)
    {
        var answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        while (true)
        {
            _ = AnswerAsync(await web.AcceptTcpClientAsync(cancellation), answer, cancellation);
        }
    }

    private static async Task AnswerAsync(TcpClient client, byte[] answer, CancellationToken cancellation)
    {
        using (client)
        {
            try
            {
                _ = await client.GetStream().ReadAsync(new byte[4_096], cancellation);
                await client.GetStream().WriteAsync(answer, cancellation);
            }
            catch (IOException)
            {
                // The looker had gone.
            }
        }
    }

    [GeneratedRegex("packets (?<n>[0-9]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Packets();
}

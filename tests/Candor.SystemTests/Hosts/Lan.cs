using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Candor.SystemTests.Hosts;

/// <summary>
/// Several hosts on one switch: each a network namespace of its own at the end of a cable (veth) that can be pulled, with rules
/// of its own (nft). The test itself is the host with the core, 10.77.0.1, which readers and agents reach by https through
/// nginx as everywhere; one host knows all names, and one runs what is watched.
/// </summary>
internal sealed class Lan : IAsyncDisposable
{
    public const string NamesAddress = "10.77.0.53";
    public const string TargetAddress = "10.77.0.80";
    public const string Names = "names";
    public const string Target = "target";

    private static readonly Dictionary<string, string> Addresses = new(StringComparer.Ordinal)
    {
        [Names] = NamesAddress, [Target] = TargetAddress, ["eu"] = "10.77.0.11", ["us"] = "10.77.0.12", ["ap"] = "10.77.0.13",
    };

    private readonly string folder = Directory.CreateTempSubdirectory("candor-hosts-").FullName;
    private readonly ConcurrentQueue<string> said = new();
    private readonly List<Process> servers = [];

    /// <summary>What an agent needs to believe the certificate of the core's proxy.</summary>
    public IReadOnlyDictionary<string, string> Trust => new Dictionary<string, string> { ["SSL_CERT_FILE"] = Certificate };

    public Uri Core { get; } = new("https://10.77.0.1/");

    public string Log => string.Join('\n', said);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Certificate => Path.Combine(folder, "core.pem");

    /// <summary>Wires everything and starts names and target; the proxy follows once the core's port is known.</summary>
    public static async Task<Lan> StartAsync()
    {
        var lan = new Lan();
        await RunAsync("ip", "link add switch type bridge");
        await RunAsync("ip", "addr add 10.77.0.1/24 dev switch");
        await RunAsync("ip", "link set switch up");
        foreach (var (name, address) in Addresses)
        {
            await RunAsync("ip", $"netns add {name}");
            await RunAsync("ip", $"link add {name} type veth peer name eth0 netns {name}");
            await RunAsync("ip", $"link set {name} master switch up");
            await RunAsync("ip", $"-n {name} addr add {address}/24 dev eth0");
            await RunAsync("ip", $"-n {name} link set lo up");
            await RunAsync("ip", $"-n {name} link set eth0 up");
            await RunAsync("ip", $"-n {name} route add default via 10.77.0.1");
            await RunAsync("ip", [.. On(name).Skip(1), "sh", "-c", OwnNetwork.LetPing]);
            await RuleAsync(name, "add table inet counted");
            await RuleAsync(name, "add counter inet counted echoes");
            await RuleAsync(name, "add chain inet counted some { type filter hook output priority -10 ; }");
            await RuleAsync(name, "add rule inet counted some icmp type echo-request counter name echoes");
        }

        lan.Serve(
            On(Names), "dnsmasq", "--no-daemon", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--user=root", "--pid-file=",
            $"--address=/shop.test/{TargetAddress}", $"--address=/example.com/{TargetAddress}");
        lan.Serve(On(Target), "nginx", lan.Nginx("target", $"listen {TargetAddress}:80; location / {{ return 200 ok; }}"));
        return lan;
    }

    /// <summary>The core's proxy, with TLS as agents demand it.</summary>
    public async Task ProxyAsync(Uri core)
    {
        var key = Path.Combine(folder, "core.key");
        await RunAsync(
            "openssl",
            $"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=core -addext subjectAltName=IP:10.77.0.1 -keyout {key} -out {Certificate}");
        Serve([], "nginx", Nginx("core", $$"""
            listen 10.77.0.1:443 ssl;
            ssl_certificate {{Certificate}};
            ssl_certificate_key {{key}};
            location / { proxy_pass {{core.GetLeftPart(UriPartial.Authority)}}; proxy_http_version 1.1; }
            """));
    }

    /// <summary>What runs a program as a process of a host.</summary>
    public static IReadOnlyList<string> On(string host) => [Repository.Find("ip")!, "netns", "exec", host];

    /// <summary>Pulls the cable of a host: nothing goes in or out, and nobody is told so.</summary>
    public static Task CutAsync(string host) => RunAsync("ip", $"link set {host} down");

    public static Task MendAsync(string host) => RunAsync("ip", $"link set {host} up");

    /// <summary>A host drops some packets, such as "input tcp sport 443": what comes in from there is lost, what goes there is not.</summary>
    /// <param name="way">input or output.</param>
    public static async Task DropAsync(string host, string way, string which)
    {
        await RuleAsync(host, "add table inet lost");
        await RuleAsync(host, $"add chain inet lost some {{ type filter hook {way} priority 0 ; }}");
        await RuleAsync(host, $"add rule inet lost some {which} drop");
    }

    public static Task DropNothingAsync(string host) => RuleAsync(host, "delete table inet lost");

    /// <summary>How many pings a host has sent, whether or not they came anywhere.</summary>
    public static async Task<long> EchoesAsync(string host)
    {
        var words = (await RuleAsync(host, "list counter inet counted echoes")).Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[Array.IndexOf(words, "packets") + 1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            if (!server.HasExited)
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(CancellationToken.None);
            }

            server.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    public static Task<string> RunAsync(string program, string arguments) => RunAsync(program, arguments.Split(' '));

    public static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Find(program)!, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await errors}");
        return await output;
    }

    private static Task<string> RuleAsync(string host, string rule) => RunAsync("ip", [.. On(host).Skip(1), "nft", rule]);

    private void Serve(IReadOnlyList<string> under, string program, params IReadOnlyList<string> arguments)
    {
        string[] command = [.. under, Repository.Find(program)!, .. arguments];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => said.Enqueue($"{program}: {line.Data}");
        process.ErrorDataReceived += (_, line) => said.Enqueue($"{program}: {line.Data}");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        servers.Add(process);
    }

    private string[] Nginx(string name, string server)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var settings = Path.Combine(home, "nginx.conf");
        File.WriteAllText(settings, $$"""
            daemon off;
            user root;
            worker_processes 1;
            pid {{home}}/nginx.pid;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path {{home}}/body;
              proxy_temp_path {{home}}/proxy;
              fastcgi_temp_path {{home}}/fastcgi;
              uwsgi_temp_path {{home}}/uwsgi;
              scgi_temp_path {{home}}/scgi;
              server { {{server}} }
            }
            """);
        return ["-p", home, "-c", settings, "-e", "stderr"];
    }
}

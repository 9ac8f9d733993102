using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>Reads the sources: what leaves the machine leaves through one place.</summary>
public partial class EgressTests
{
    // Opening a socket, an HTTP client, a mail client or a system lookup. Naming SocketException or Uri is harmless.
    [GeneratedRegex(@"\bnew\s+(Socket|TcpClient|UdpClient|TcpListener|Ping|HttpClient|SocketsHttpHandler|HttpClientHandler|SmtpClient|ClientWebSocket|FtpWebRequest|NamedPipeClientStream|QuicConnection|LdapConnection)\b|\bDns\.(GetHost|Resolve\b|BeginGet|GetHostAddresses)|\bWebRequest\.Create|\bQuicConnection\.ConnectAsync|\bSystem\.Net\.Dns\b|AddHttpClient|IHttpClientFactory|UseConnectionLogging\(", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Opens();

    [GeneratedRegex(@"Process\.Start\b|new\s+Process\b|ProcessStartInfo|UseShellExecute\s*=\s*true|/bin/(ba)?sh|""(cmd|sh|bash|powershell)(\.exe)?""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Starts();

    [Fact]
    public void SEC_25_Only_the_egress_files_open_connections() => Assert.Empty(
        Breaches(Opens(), "Effects/Egress.cs", "Effects/Echo.cs", "Effects/OutboundHttp.cs"));

    [Fact]
    public void SEC_03_Programs_are_started_in_one_place_and_never_by_a_shell()
    {
        Assert.Empty(Breaches(Starts(), "Effects/SystemProcesses.cs"));
        var starter = File.ReadAllText(Path.Combine(Root(), "Effects/SystemProcesses.cs"));
        Assert.Contains("UseShellExecute = false", starter, StringComparison.Ordinal);
        Assert.DoesNotContain(".Arguments", starter, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"UseShellExecute\s*=\s*true|/bin/(ba)?sh|""(cmd|sh|bash)""", starter);
    }

    [Theory]
    [InlineData("var s = new Socket(SocketType.Stream, ProtocolType.Tcp);")]
    [InlineData("using var c = new HttpClient(handler);")]
    [InlineData("new TcpClient()")]
    [InlineData("await Dns.GetHostAddressesAsync(name)")]
    public void The_scan_sees_what_it_looks_for(string line) => Assert.Matches(Opens(), line);

    private static List<string> Breaches(Regex what, params string[] allowed)
    {
        var root = Root();
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(f => !allowed.Contains(Path.GetRelativePath(root, f).Replace('\\', '/')))
                .SelectMany(f => File.ReadLines(f).Select((line, i) => (f, line, i)))
                .Where(l => !l.line.TrimStart().StartsWith("//", StringComparison.Ordinal) && what.IsMatch(l.line))
                .Select(l => $"{Path.GetRelativePath(root, l.f)}:{l.i + 1}: {l.line.Trim()}"),
        ];
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Candor"));
}

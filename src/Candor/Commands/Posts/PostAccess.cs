using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using System.Text;
using Candor.Access;
using Candor.Effects;

namespace Candor.Commands.Posts;

/// <summary>Which server, with which token. A token never stands on the command line, where every process could read it.</summary>
/// <param name="otherwise">What happens where no server is named, as the end of a sentence; null: there is a default.</param>
internal sealed class PostAccess(IDisk disk, Func<string, string?> variables, string? otherwise = null)
{
    public const string Variable = "CANDOR_TOKEN";
    private const int TokenFileBytesMax = 4096;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    /// <summary>Whoever types an address of their own network means it; addresses of cloud metadata stay refused.</summary>
    public static readonly ImmutableArray<IPNetwork> Nearby =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7"),
    ];

    private readonly Option<string?> server = new("--server")
    {
        Description = $"The operators' address of the running server{otherwise}.",
        HelpName = "url",
        DefaultValueFactory = _ => otherwise is null ? "http://127.0.0.1:8081" : null,
    };

    private readonly Option<string?> tokenFile = new("--token-file")
    {
        Description = $"A file that holds the token; otherwise {Variable} does.",
        HelpName = "file",
    };

    /// <summary>Where tokens and files are read.</summary>
    public IDisk Disk => disk;

    public IEnumerable<Option> Options => [server, tokenFile];

    /// <summary>Whether a server is meant at all; a command that can work beside one may leave it out.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(server) is not null;

    public (PostServer Server, HttpClient Http) Open(ParseResult parsed, Terminal terminal, TimeSpan? answersWithin = null)
    {
        var address = AddressOf(parsed.GetValue(server)!);
        var token = TokenOf(parsed.GetValue(tokenFile));
        var names = new SystemNames(terminal.Time);
        var http = OutboundHttp.Client(new Egress(names.Rules(Nearby), names.Files, new SystemRandomness(), terminal.Time), answersWithin ?? AnswersWithin);
        return (new(http, address, token, terminal.Time), http);
    }

    internal static Uri AddressOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" })
        {
            throw new CommandFault($"--server: “{text}” is no address of a server.", "--server http://127.0.0.1:8081", Exit.WrongUsage);
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw new CommandFault(
                $"The token would go over the network to {address.Host} in the open.",
                "Use https://, or a tunnel: `ssh -L 8081:127.0.0.1:8081 HOST`, and leave --server out.",
                Exit.Unsafe);
    }

    private TokenText TokenOf(string? file)
    {
        var text = file is null
            ? variables(Variable)
            : Encoding.UTF8.GetString(disk.Read(file, TokenFileBytesMax) ?? throw new CommandFault($"There is no file {file}.", "Name the file that holds the token."));
        return string.IsNullOrWhiteSpace(text)
            ? throw new CommandFault(
                "There is no token for the server.",
                $"Make one on the operators' page “Tokens”, or with `candor token create --name me --scope post`; then `export {Variable}=cnd_…`, or name its file with --token-file.")
            : TokenText.Read(text.Trim()) ?? throw new CommandFault(
                $"What {(file is null ? Variable : file)} holds is no token, or one with a slip in it.", "Copy it again, whole; it begins with cnd_api_.");
    }
}

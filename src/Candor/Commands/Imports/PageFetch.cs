using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using Candor.Effects;
using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>An import from the web: through the guard that everything outgoing passes, with progress on the error stream.</summary>
/// <param name="Allow">Private networks that may be contacted.</param>
/// <param name="Key">The secret of management v1, from the environment or a file; null for public pages.</param>
/// <param name="PageId">The page's id for management v1.</param>
/// <param name="Keep">The folder for answers, so that a fetch that breaks off goes on there.</param>
internal sealed record PageFetch(Terminal Terminal, ImmutableArray<IPNetwork> Allow, string? Key, string? PageId, string? Keep)
{
    private static readonly Uri ManagementV1 = new("https://api.statuspage.io/v1/");

    /// <summary>Management v1 allows one request a second.</summary>
    private static readonly TimeSpan BetweenManaged = TimeSpan.FromSeconds(1);

    public static bool IsAddress(string source) =>
        source.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    public async Task<List<SourceFile>> FetchAsync(string source, string kind, CancellationToken cancellation)
    {
        var address = WebAddress.Read(source, out var fault) ?? throw new CommandFault($"{source} cannot be fetched: {fault}.", "Write it as https://status.example.com.", Exit.WrongUsage);
        if (Key is not null && address.Scheme != "https" && !address.IsLoopback)
        {
            throw new CommandFault("A key is not sent over http, where others can read it.", "Write the address with https.", Exit.WrongUsage);
        }

        var names = new SystemNames(Terminal.Time);
        var egress = new Egress(names.Rules(Allow), names.Files, new SystemRandomness(), Terminal.Time);
        using var client = new HttpMessageInvoker(OutboundHttp.Handler(egress));
        using var progress = Terminal.Progress($"Fetching {address.Host}");
        var authorization = Key is null ? null : new AuthenticationHeaderValue("OAuth", Key);
        var pages = new WebPages(client, Terminal.Time, authorization, Key is null ? TimeSpan.Zero : BetweenManaged) { Reported = progress.Report, Kept = Keep is null ? null : new(Keep) };
        if (kind == "statuspage" && Key is not null)
        {
            return await StatuspageFetch.ManagedAsync(pages, address.AbsolutePath.Contains("/v1", StringComparison.Ordinal) ? address : ManagementV1, PageId!, cancellation);
        }

        if (FetchPlan.IsOneAnswer(address, kind))
        {
            return [await pages.FetchAsync(address, cancellation) ?? throw new CommandFault($"{address.Host} has nothing at {address.AbsolutePath}.", "Look at the address in a browser.")];
        }

        return kind == "statuspage" ? await StatuspageFetch.PublicAsync(pages, address, cancellation) : await FetchPlan.FetchAsync(pages, address, kind, cancellation);
    }
}

using System.Net;
using Candor.Pages;

namespace Candor.Tests.Mirrors;

/// <summary>Where readers get the page: each host answers as the test wants, with what is up now unless told otherwise.</summary>
internal sealed class ReadersPlaces(IEditionSource editions) : HttpMessageHandler
{
    private readonly Dictionary<string, Func<string, HttpResponseMessage>> hosts = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    /// <summary>What a host answers to a path; null: the page as it is.</summary>
    public void Set(string host, Func<string, HttpResponseMessage>? answer) => hosts[host] = answer ?? (path => Of(editions.Edition, path));

    /// <summary>As it stands now, for ever: a cache that nobody empties, a mirror that hangs.</summary>
    public void Freeze(string host)
    {
        var now = editions.Edition;
        Set(host, path => Of(now, path));
    }

    public static HttpResponseMessage Of(Edition edition, string path) => edition.Front.TryGetValue(path, out var page)
        ? new HttpResponseMessage { Content = new ReadOnlyMemoryContent(page.Identity.Bytes) }
        : new HttpResponseMessage(HttpStatusCode.NotFound);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!.ToString());
        return Task.FromResult(hosts[request.RequestUri.Host](request.RequestUri.AbsolutePath));
    }
}

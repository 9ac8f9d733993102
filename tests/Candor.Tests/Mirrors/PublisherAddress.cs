using System.Net;
using Candor.Mirrors;

namespace Candor.Tests.Mirrors;

/// <summary>Whoever answers at a publisher's address: the publisher, nobody, or somebody who means harm.</summary>
internal sealed class PublisherAddress(Offer offer) : HttpMessageHandler
{
    private TaskCompletionSource swallowed = Answered();

    /// <summary>Who answers; null: nobody does.</summary>
    public Offer? Offer { get; set; } = offer;

    /// <summary>What becomes of each manifest on the way.</summary>
    public Func<Offered, Offered> OnTheWay { get; set; } = static offered => offered;

    /// <summary>What becomes of each content on the way.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Unpacked { get; set; } = static content => content;

    /// <summary>The hash of a content that it has no more.</summary>
    public string? Lacks { get; set; }

    /// <summary>What is asked arrives and nothing comes back, until it is asked to go on.</summary>
    public bool Swallows
    {
        get => !swallowed.Task.IsCompleted;
        set
        {
            if (value)
            {
                swallowed = new();
            }
            else
            {
                swallowed.TrySetResult();
            }
        }
    }

    public HttpStatusCode AnswersBulletins { get; set; } = HttpStatusCode.OK;

    /// <summary>Bulletins that it was sent.</summary>
    public List<string> Told { get; } = [];

    public int Manifests { get; private set; }

    public int Contents { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await swallowed.Task.WaitAsync(cancellationToken);
        if (Offer is not { } offer)
        {
            throw new HttpRequestException("Connection refused");
        }

        var path = request.RequestUri!.AbsolutePath;
        if (path == MirrorEndpoints.Bulletins)
        {
            Told.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(AnswersBulletins);
        }

        if (path != MirrorEndpoints.Manifest)
        {
            Contents++;
            var hash = path[MirrorEndpoints.Contents.Length..];
            return hash != Lacks && offer.Find(hash) is { } page
                ? new HttpResponseMessage { Content = new ReadOnlyMemoryContent(Unpacked(page.Identity.Bytes)) }
                : new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        Manifests++;
        if (offer.Newest() is not { } newest)
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        }

        var offered = OnTheWay(newest);
        var answer = new HttpResponseMessage { Content = new ByteArrayContent(offered.Manifest) };
        answer.Headers.Add(MirrorEndpoints.Signature, offered.Signature);
        answer.Headers.ETag = new(offered.Tag);
        return answer;
    }

    private static TaskCompletionSource Answered()
    {
        var answered = new TaskCompletionSource();
        answered.SetResult();
        return answered;
    }
}

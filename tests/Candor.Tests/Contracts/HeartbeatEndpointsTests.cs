using System.Net;
using Candor.Intake;
using Candor.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Candor.Tests.Contracts;

public class HeartbeatEndpointsTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("", "Ok", null)]
    [InlineData("/start", "Start", null)]
    [InlineData("/fail", "Fail", null)]
    [InlineData("/0", "Ok", null)]
    [InlineData("/3", "Fail", 3)]
    [InlineData("/255", "Fail", 255)]
    public void The_path_says_what_happened(string path, string kind, int? code) =>
        Assert.Equal(new Beat(Enum.Parse<BeatKind>(kind), code), HeartbeatEndpoints.Read(path.Length == 0 ? null : path[1..]));

    [Theory]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("ok")]
    [InlineData("00000")]
    public void Anything_else_says_nothing(string what) => Assert.Null(HeartbeatEndpoints.Read(what));

    [Fact]
    public async Task It_answers_by_get_head_and_post_and_only_for_whom_it_expects()
    {
        var taken = new List<Beat>();
        await using var app = await StartAsync((token, beat, _) =>
        {
            taken.Add(beat);
            return new(token == Token);
        });
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post])
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(client, method, $"/heartbeat/{Token}/7"));
        }

        Assert.Equal([new(BeatKind.Fail, 7), new(BeatKind.Fail, 7), new(BeatKind.Fail, 7)], taken);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(client, HttpMethod.Get, "/heartbeat/nobody"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(client, HttpMethod.Get, $"/heartbeat/{Token}/nonsense"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await AskAsync(client, HttpMethod.Delete, $"/heartbeat/{Token}"));
    }

    [Fact]
    public async Task What_could_not_be_kept_is_not_acknowledged()
    {
        await using var app = await StartAsync((_, _, _) => throw new IOException("full"));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(client, HttpMethod.Post, $"/heartbeat/{Token}"));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<WebApplication> StartAsync(TakeBeat take)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapHeartbeats(take);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}

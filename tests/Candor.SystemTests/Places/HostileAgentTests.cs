using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.SystemTests.Posting;

namespace Candor.SystemTests.Places;

/// <summary>What an agent may not say, by a client that follows docs/agents.md and then does not.</summary>
public sealed class HostileAgentTests
{
    private const string Settings = """
        page: { name: Heron }
        vantage: { places: [eu, us] }
        monitors:
          web: { tcp: "192.0.2.1:80" }
          mine: { tcp: "192.0.2.1:81", from: [local] }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_34_Only_the_agent_of_a_place_speaks_for_it_and_only_once()
    {
        await using var core = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(core, "admin"))[0];
        var code = await PlacesTests.AddedAsync(core, token, "eu");
        using var eu = new Client(core);
        using var us = new Client(core);
        Assert.Equal(("eu", null), await eu.EnrolAsync(code));
        Assert.Equal((null, "agent.code"), await us.EnrolAsync(code));
        Assert.Equal((null, "agent.key"), await us.EnrolAsync(code, proof: "AAAA"));
        Assert.Equal(("us", null), await us.EnrolAsync(await PlacesTests.AddedAsync(core, token, "us")));

        var challenge = await eu.ChallengeAsync();
        var good = eu.Signed("eu", challenge, 1, Report(1, Reading("web", "good"), Reading("mine", "bad")));
        Assert.Equal((200, null), await eu.SendAsync(good));
        Assert.Equal((409, "agent.replay"), await eu.SendAsync(good));
        Assert.Equal((200, null), await eu.SendAsync(eu.Signed("eu", challenge, 2, Report(1, Reading("web", "bad"), Reading("mine", "bad")))));
        var row = PlacesTests.RowOf(await PlacesTests.PlacesAsync(core, token), "eu");
        Assert.Equal(1, row.GetProperty("ignored").GetInt64());

        Assert.Equal((401, "agent.signature"), await eu.SendAsync(good with { Body = Report(9) }));
        Assert.Equal((401, "agent.signature"), await eu.SendAsync(good with { Count = 3 }));
        Assert.Equal((401, "agent.signature"), await us.SendAsync(us.Signed("eu", challenge, 3, Report(9))));
        Assert.Equal((401, "agent.signature"), await eu.SendAsync(eu.Signed("us", challenge, 3, Report(9))));
        Assert.Equal((401, "agent.unknown"), await eu.SendAsync(eu.Signed("nowhere", challenge, 3, Report(9))));
        Assert.Equal((409, "agent.challenge"), await eu.SendAsync(eu.Signed("eu", "made-up", 3, Report(9))));

        Assert.Equal((400, "agent.unreadable"), await eu.SendAsync(eu.Signed("eu", challenge, 4, "{")));
        Assert.Equal((400, "agent.unreadable"), await eu.SendAsync(eu.Signed("eu", challenge, 5, new string('[', 5_000))));
        Assert.Equal((422, "agent.report"), await eu.SendAsync(eu.Signed("eu", challenge, 6, Report(2, Reading("web", "superb")))));
        Assert.Equal((422, "agent.report"), await eu.SendAsync(eu.Signed("eu", challenge, 7, Report(2, "null"))));
        Assert.Equal((422, "agent.too_many"), await eu.SendAsync(eu.Signed("eu", challenge, 8, Report(2, [.. Enumerable.Repeat(Reading("web", "good"), 251)]))));
        Assert.Equal((413, "body.too_large"), await eu.SendAsync(eu.Signed("eu", challenge, 9, new string(' ', 1_100_000))));

        // A clock that is a day ahead is shown, and keeps nobody out.
        Assert.Equal((200, null), await eu.SendAsync(eu.Signed("eu", challenge, 10, Report(2, 86_400_000, Reading("web", "good", 86_400_000)))));
        row = PlacesTests.RowOf(await PlacesTests.PlacesAsync(core, token), "eu");
        Assert.InRange(row.GetProperty("skew_seconds").GetDouble(), 86_300, 86_500);
        Assert.InRange(row.GetProperty("lag_seconds").GetDouble(), 0, 30);

        Assert.Equal((200, null), await eu.RotateAsync("eu", challenge, 11));
        Assert.Equal((200, null), await eu.SendAsync(eu.Signed("eu", challenge, 12, Report(3))));
        Assert.Equal((0, ""), await RevokedAsync(core, token));
        Assert.Equal((401, "agent.revoked"), await eu.SendAsync(eu.Signed("eu", challenge, 13, Report(4))));
        Assert.Equal((401, "agent.revoked"), await eu.RotateAsync("eu", challenge, 14));
        Assert.Equal((null, "agent.code"), await eu.EnrolAsync(code));
    }

    private static async Task<(int, string)> RevokedAsync(CandorProcess core, string token)
    {
        var (exit, _, errors) = await Api.RunAsync(token, "place", "revoke", "eu", "--server", core.AdminAddress.ToString());
        return (exit, errors);
    }

    private static string Report(long number, params string[] readings) => Report(number, 0, readings);

    private static string Report(long number, long skewMs, params string[] readings)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture,
            $$$"""{"run":"a","wall_ms":{{{now + skewMs}}},"steady_ms":5000,"core_ms":{{{now}}},"version":"test","chunk":{"number":{{{number}}},"run":"a","readings":[{{{string.Join(',', readings)}}}]}}""");
    }

    private static string Reading(string monitor, string said, long skewMs = 0) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"monitor":"{{monitor}}","wall_ms":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + skewMs}},"steady_ms":4500,"said":"{{said}}","took_ms":1.5}""");

    private sealed record Request(string Path, string Place, string Challenge, long Count, string Body, string Signature);

    /// <summary>An agent of another make, written from the document.</summary>
    private sealed class Client(CandorProcess core) : IDisposable
    {
        private ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        private string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

        public void Dispose() => key.Dispose();

        public async Task<(string? Place, string? Code)> EnrolAsync(string code, string? proof = null)
        {
            using var said = await PostAsync("/agent/v1/enrol", JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["code"] = code, ["public_key"] = PublicKey, ["proof"] = proof ?? Sign(key, $"candor agent v1 key\n{code}\n{PublicKey}"),
            }));
            var answer = JsonElement.Parse(await said.Content.ReadAsByteArrayAsync(Ct));
            return (answer.TryGetProperty("place", out var place) ? place.GetString() : null, CodeOf(answer));
        }

        public async Task<string> ChallengeAsync()
        {
            using var said = await PostAsync("/agent/v1/challenge", "");
            return JsonElement.Parse(await said.Content.ReadAsByteArrayAsync(Ct)).GetProperty("challenge").GetString()!;
        }

        public async Task<(int Status, string? Code)> RotateAsync(string place, string challenge, long count)
        {
            var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var text = Convert.ToBase64String(next.ExportSubjectPublicKeyInfo());
            var answer = await SendAsync(Signed(place, challenge, count, JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["public_key"] = text, ["proof"] = Sign(next, $"candor agent v1 key\n{place}\n{text}"),
            }), "/agent/v1/key"));
            if (answer.Status != 200)
            {
                next.Dispose();
                return answer;
            }

            key.Dispose();
            key = next;
            return answer;
        }

        public Request Signed(string place, string challenge, long count, string body, string path = "/agent/v1/report")
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
            return new(path, place, challenge, count, body, Sign(key, string.Create(
                CultureInfo.InvariantCulture, $"candor agent v1\n{path}\n{place}\n{challenge}\n{count}\n{hash}")));
        }

        public async Task<(int Status, string? Code)> SendAsync(Request sent)
        {
            using var said = await PostAsync(sent.Path, sent.Body, request =>
            {
                request.Headers.Add("Candor-Place", sent.Place);
                request.Headers.Add("Candor-Challenge", sent.Challenge);
                request.Headers.Add("Candor-Count", sent.Count.ToString(CultureInfo.InvariantCulture));
                request.Headers.Add("Candor-Signature", sent.Signature);
            });
            var text = await said.Content.ReadAsStringAsync(Ct);
            Assert.True(text.Length > 0, $"{said.StatusCode} without a word\n{core.Log}");
            return ((int)said.StatusCode, CodeOf(JsonElement.Parse(text)));
        }

        private async Task<HttpResponseMessage> PostAsync(string path, string body, Action<HttpRequestMessage>? with = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(core.Address, path)) { Content = new StringContent(body) };
            request.Headers.ExpectContinue = body.Length > 500_000;
            with?.Invoke(request);
            return await core.Http.SendAsync(request, Ct);
        }

        private static string Sign(ECDsa with, string text) => Convert.ToBase64String(with.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));

        private static string? CodeOf(JsonElement answer) => answer.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}

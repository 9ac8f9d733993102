using System.Net;
using Candor.Testing;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Watching;

/// <summary>Who is told that this Candor works, and when nobody is.</summary>
public sealed class AliveCallsTests : IDisposable
{
    private const string Secret = "https://other.example/heartbeat/s3cret";

    private readonly ManualTimeProvider time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SelfLog self;
    private readonly Others others = new();
    private readonly HttpMessageInvoker http;
    private readonly AliveCalls calls;
    private bool isServing = true;
    private bool isProven = true;

    public AliveCallsTests()
    {
        self = new(time);
        http = new(others);
        calls = new(http, () => isServing, _ => ValueTask.FromResult(isProven), self, time, NullLogger<AliveCalls>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        others.Dispose();
    }

    [Fact]
    public async Task Others_are_told_while_it_works()
    {
        await CallAsync();
        Assert.Equal([Secret], others.Called);
        Assert.Null(calls.Held);
        Assert.Null(Assert.Single(calls.Answers).Trouble);
    }

    [Theory]
    [InlineData("no page")]
    [InlineData("not durable")]
    [InlineData("something public is wrong")]
    public async Task Nobody_is_told_while_it_does_not(string what)
    {
        isServing = what != "no page";
        isProven = what != "not durable";
        self.Set("loop:judging", Gravity.Public, what == "something public is wrong" ? "Candor cannot look at the services at the moment." : null);
        await CallAsync();

        Assert.Empty(others.Called);
        Assert.NotNull(calls.Held);
        (isServing, isProven) = (true, true);
        self.Clear("loop:judging");
        await CallAsync();
        Assert.Single(others.Called);
    }

    [Fact]
    public async Task What_only_operators_need_to_know_keeps_nobody_from_being_told()
    {
        self.Raise("read back", Gravity.Private, "Readers do not get what is published here at 1 address of 2.");
        await CallAsync();
        Assert.Single(others.Called);
    }

    [Fact]
    public async Task Whoever_cannot_be_told_is_said_the_second_time_and_the_address_stays_secret()
    {
        others.Answer = HttpStatusCode.NotFound;
        await CallAsync();
        Assert.Empty(self.Problems);
        await CallAsync();

        var problem = Assert.Single(self.Problems);
        Assert.Equal(Gravity.Private, problem.Gravity);
        Assert.Equal("$ALIVE_URL: it is answered with 404.", problem.Detail);
        others.Answer = HttpStatusCode.OK;
        await CallAsync();
        Assert.Empty(self.Problems);
    }

    [Theory]
    [InlineData(null, "the environment does not have it")]
    [InlineData("file:///etc/s3cret", "only http and https addresses are contacted, not file")]
    [InlineData("s3cret", "it holds no web address")]
    public async Task An_address_that_is_none_is_said_without_it(string? text, string said)
    {
        await CallAsync(text);
        await CallAsync(text);
        var detail = Assert.Single(self.Problems).Detail!;
        Assert.Contains(said, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", detail, StringComparison.Ordinal);
        Assert.Empty(others.Called);
    }

    [Fact]
    public async Task A_call_that_was_not_heard_is_made_again_soon_and_others_at_their_time()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        calls.Configure(PlanOf(Secret));
        others.Answer = HttpStatusCode.ServiceUnavailable;
        var running = calls.RunAsync(stopping.Token);
        Assert.Single(others.Called);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, others.Called.Count);
        others.Answer = HttpStatusCode.OK;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, others.Called.Count);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(3, others.Called.Count);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(4, others.Called.Count);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Once_it_works_others_are_told_soon_not_at_the_next_turn()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        calls.Configure(PlanOf(Secret));
        isServing = false;
        var running = calls.RunAsync(stopping.Token);
        Assert.Empty(others.Called);
        isServing = true;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(others.Called);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private Task CallAsync(string? address = Secret) => calls.CallAsync(PlanOf(address), Ct);

    private static AlivePlan PlanOf(string? address) => new([new("$ALIVE_URL", () => address)], TimeSpan.FromMinutes(1));

    private sealed class Others : HttpMessageHandler
    {
        public List<string> Called { get; } = [];

        public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Called.Add(request.RequestUri!.ToString());
            return Task.FromResult(new HttpResponseMessage(Answer));
        }
    }
}

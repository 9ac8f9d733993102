using Candor.Access;
using Candor.Access.Secrets;
using Candor.Agents;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Agents;

/// <summary>How much of what strangers send is held before anybody has shown who they are.</summary>
public sealed class AgentBodyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Few_large_bodies_are_held_for_one_address_and_not_many_in_all()
    {
        var slots = new BodySlots();
        var held = Enumerable.Range(0, BodySlots.OfOneMost).Select(_ => slots.Take("one")).ToList();
        Assert.DoesNotContain(null, held);
        Assert.Null(slots.Take("one"));

        var others = Enumerable.Range(0, BodySlots.Most - BodySlots.OfOneMost).Select(other => slots.Take(FormattableString.Invariant($"{other}"))).ToList();
        Assert.DoesNotContain(null, others);
        Assert.Null(slots.Take("another"));

        held[0]!.Dispose();
        held[0]!.Dispose();
        Assert.NotNull(slots.Take("one"));
        Assert.Null(slots.Take("another"));
    }

    [Fact]
    public async Task SEC_34_Nothing_of_a_report_is_read_for_a_place_that_nobody_let_in()
    {
        var (time, chance) = (new ManualTimeProvider(Cast.Now), new Cast.Chance());
        await using var desk = await FrontDesk.OpenAsync(
            static () => new(new MemoryPeople().Open()),
            register => new(register, MasterKeys.Load(new Pages.MemoryDisk(), "master.key", null, chance), chance, time, new KeptAudit(), rounds: 1),
            time, NullLogger.Instance, Ct);
        using var agents = new AgentDesk(AgentBook.Load(new FakeDisk(), "agents.json"), static () => World.Empty, static _ => null, static (_, _) => default, time, chance);
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapAgents(desk, () => agents);
        var report = ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Single(static route => route.RoutePattern.RawText == AgentEndpoints.ReportPath);
        var body = new CountedStream();
        var context = new DefaultHttpContext { Request = { Method = "POST", Body = body } };
        context.Request.Headers["Candor-Place"] = "eu";
        context.Request.Headers["Candor-Challenge"] = agents.Challenges.Make();

        await report.RequestDelegate!(context);

        Assert.Equal((401, 0), (context.Response.StatusCode, body.Reads));
    }

    private sealed class CountedStream : MemoryStream
    {
        public int Reads { get; private set; }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            Reads++;
            return base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}

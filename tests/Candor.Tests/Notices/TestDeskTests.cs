using Candor.Access;
using Candor.Notices.Channels;
using Candor.Notices.Trying;
using Candor.State;
using Candor.Tests.Access;
using Candor.Tests.Notices.Subscribers;

namespace Candor.Tests.Notices;

/// <summary>Who may send a test, how often and to whom; what is sent and answered is asked of the real executable.</summary>
public sealed class TestDeskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_16_Every_route_that_sends_a_test_needs_what_entering_a_subscriber_needs()
    {
        var routes = await RealDoors.RoutesAsync(Ct);
        var sending = routes.Single(static route => route.RoutePattern.RawText == "/api/subscribers" && Methods(route).Contains("POST"))
            .Metadata.OfType<AccessPolicy>().Single();

        var tests = routes.Where(static route => route.RoutePattern.RawText is "/api/notices/test" or "/subscribers/test" or "/subscribers/{id}/{act}").ToList();

        Assert.Equal(3, tests.Count);
        Assert.All(tests, test =>
        {
            var policy = test.Metadata.OfType<AccessPolicy>().Single();
            Assert.Equal(sending.Needs, policy.Needs);
            Assert.NotEqual(Door.Open, policy.Door);
            Assert.Equal(["POST"], Methods(test));
        });
        Assert.Empty(routes.Where(static route => route.RoutePattern.RawText!.EndsWith("/test", StringComparison.Ordinal)).Except(tests));
    }

    [Fact]
    public async Task SEC_16_Nothing_goes_to_an_address_that_is_none_to_whoever_has_left_or_is_never_to_be_written_to()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var (id, _, _) = await rig.Desk.EnterAsync(new() { Channel = "email", Address = "ada@example.com" }, new("token:t"), Ct);
        await rig.Desk.TakeOutAsync(id, new("token:t"), Ct);
        await rig.Desk.BlockAsync("@blocked.example", Ct);
        var tests = new TestDesk(rig.Desk, new Candor.Effects.SystemRandomness(), rig.Time);

        Assert.Equal("left", (await tests.SendAsync("email", "Ada@example.com", Ct)).Refusal?.Code);
        Assert.Equal("left", (await tests.SendAsync(id, Ct)).Refusal?.Code);
        Assert.Equal("blocked", (await tests.SendAsync("email", "who@blocked.example", Ct)).Refusal?.Code);
        Assert.Equal("address", (await tests.SendAsync("email", "nobody\r\nRCPT TO:<x@example.com>", Ct)).Refusal?.Code);
        Assert.Equal("no_channel", (await tests.SendAsync("pigeon", "here", Ct)).Refusal?.Code);
        Assert.Equal("no_settings", (await tests.SendAsync("sms", "+49 151 23456789", Ct)).Refusal?.Code);
        Assert.Equal("no_such_subscriber", (await tests.SendAsync(new SubscriberId("nobody000000"), Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task SEC_16_A_destination_is_tried_five_times_and_once_more_each_minute_and_others_are_not_held_up()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var tests = new TestDesk(rig.Desk, new Candor.Effects.SystemRandomness(), rig.Time);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await TryAsync(rig, tests, $"someone{i}@example.com")).Refusal);
        }

        var refused = await TryAsync(rig, tests, "someone5@example.com");
        Assert.Equal("too_many", refused.Refusal?.Code);
        Assert.Null((await TryAsync(rig, tests, "someone@example.org")).Refusal);

        rig.Time.Advance(refused.Wait!.Value);
        Assert.Null((await TryAsync(rig, tests, "someone5@example.com")).Refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_test_goes_by_the_way_that_is_open_to_whoever_entered_the_address(bool byStranger)
    {
        const string Hook = "http://10.0.0.1/hook";
        await using var rig = await SubscriberRig.StartAsync();
        await rig.AskAsync(Hook, "webhook");
        if (!byStranger)
        {
            await rig.Desk.ConfirmAsync(rig.The(Hook, "webhook").Id, new("webhook"), Ct);
            Assert.Null((await rig.Desk.EnterAsync(new() { Channel = "webhook", Address = Hook }, new("token:t"), Ct)).Refusal);
        }

        var message = new Message
        {
            Key = "key", Thread = "thread", Address = Hook, Words = new()
            {
                Subject = "Test", Text = "Test",
                Facts = new() { About = MessageSubject.Test, PageId = "p", PageName = "Heron", Id = "i", Title = "Test", Status = "test" },
            },
        };

        var known = new TestDesk(rig.Desk, new Candor.Effects.SystemRandomness(), rig.Time).Known(message, "webhook");

        Assert.Equal((byStranger, 1), (known.PublicOnly, known.SigningKeys.Length));
    }

    /// <summary>Where a stranger's word would make a connection, it has a way of its own; a server of the settings is the owner's choice.</summary>
    [Fact]
    public void Whatever_is_open_to_readers_and_goes_to_the_host_of_the_address_has_a_way_to_public_networks_only() => Assert.Equal(
        ["discord", "ntfy", "slack", "teams", "webhook", "webpush"],
        ChannelKinds.All.Where(static kind => kind is { IsOpenToReaders: true, ConnectsToAddresses: true }).Select(static kind => kind.Name).Order(StringComparer.Ordinal));

    /// <summary>No process is ever started here: each ends without an answer, and time passes by hand.</summary>
    private static async Task<TestOutcome> TryAsync(SubscriberRig rig, TestDesk tests, string address)
    {
        var trying = tests.SendAsync("email", address, Ct);
        while (!trying.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await trying;
    }

    private static IReadOnlyList<string> Methods(Microsoft.AspNetCore.Routing.RouteEndpoint route) =>
        route.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().Single().HttpMethods;
}

using System.Net;
using Candor.Access;
using Candor.State;
using Candor.Tests.Access;

namespace Candor.Tests.Admin;

public sealed class FleetTests
{
    private static readonly PersonPrincipal Fresh = RoomRig.Ada with { SteppedUpAt = Cast.Now };

    [Fact]
    public async Task Every_place_says_how_it_is_and_whether_anybody_looks_from_there()
    {
        await using var rig = await RoomRig.StartAsync(
            new PolicyConfigured(Cast.Now, Policy.Default with { Vantages = [VantageId.Local, new("eu")] }),
            new VantageChanged(Cast.Now, new("eu"), VantageStatus.Blind, Cast.Now, "nothing has been heard from it"));

        var text = (await rig.GetAsync("/places")).Page.QuerySelector("#fleet")!.TextContent;

        Assert.Contains("local sees", Plain(text), StringComparison.Ordinal);
        Assert.Contains("eu is blind, so it has no vote: nothing has been heard from it, since", Plain(text), StringComparison.Ordinal);
        Assert.Contains("No agent was let in", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_readers_get_the_page_it_is_said_whether_they_get_what_was_published()
    {
        await using var rig = await RoomRig.StartAsync();
        Assert.Null((await rig.GetAsync("/places")).Page.QuerySelector("#readers"));
        rig.ReaderAddresses =
        [
            new(new("https://status.example.com/"), Cast.Now, null, TimeSpan.Zero),
            new(new("https://status.example.net/"), Cast.Now, "/ is answered with <502>", TimeSpan.FromMinutes(3)),
            new(new("https://status.example.org/"), null, null, TimeSpan.Zero),
        ];

        var text = Plain((await rig.GetAsync("/places")).Page.QuerySelector("section[aria-labelledby=readers]")!.TextContent);

        Assert.Contains("https://status.example.com/ gives what is published here", text, StringComparison.Ordinal);
        Assert.Contains("https://status.example.net/ does not give what is published here", text, StringComparison.Ordinal);
        Assert.Contains("For 3 min: / is answered with <502>.", text, StringComparison.Ordinal);
        Assert.Contains("https://status.example.org/ was not read back yet", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_shown_once_and_an_agent_can_be_put_out_before_it_came()
    {
        await using var rig = await RoomRig.StartAsync();

        var made = await rig.PostAsync("/places/add", Fresh, ("name", "eu"), ("private", "no"), ("monitors", ""));
        Assert.StartsWith("cnd_agent_", made.Page.QuerySelector("#code")!.TextContent, StringComparison.Ordinal);
        var after = await rig.GetAsync("/places");
        Assert.Null(after.Page.QuerySelector("#code"));
        Assert.Contains("was not used yet", after.Page.QuerySelector("#fleet")!.TextContent, StringComparison.Ordinal);

        Assert.Equal((int)HttpStatusCode.SeeOther, (int)(await rig.PostAsync("/places/revoke", Fresh, ("name", "eu"))).Status);
        Assert.Contains("was put out", (await rig.GetAsync("/places")).Page.QuerySelector("#fleet")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local", "")]
    [InlineData("eu", "nowhere")]
    public async Task What_cannot_be_let_in_is_refused_in_a_sentence(string name, string monitors)
    {
        await using var rig = await RoomRig.StartAsync();

        var refused = await rig.PostAsync("/places/add", Fresh, ("name", name), ("private", "no"), ("monitors", monitors));

        Assert.Equal(422, (int)refused.Status);
        Assert.NotEmpty(refused.Page.QuerySelector("p.fault")!.TextContent);
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

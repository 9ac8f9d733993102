using System.Text;
using Candor.State;
using Candor.Subscribing;
using Candor.Tests.Notices;
using Candor.Tests.Notices.Subscribers;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Subscribing;

/// <summary>Whoever has shown no link learns nothing of a page that is for some readers only.</summary>
public sealed class PrivatePageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_names_only_a_page_that_everybody_may_know(bool isPrivate)
    {
        await using var rig = await SubscriberRig.StartAsync();
        await rig.HappensAsync(new PageConfigured(NoticeWorld.Noon, rig.World.Page with { Language = "de", Audiences = ["staff"], OnlyFor = isPrivate ? ["staff"] : [] }));
        var context = new DefaultHttpContext();
        context.Request.Headers.Accept = "text/html";
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;

        await ReaderPage.RefusalsOf(rig.Desk).WriteAsync(context, new("other_origin", "This came from another page."));

        var page = Encoding.UTF8.GetString(answer.ToArray());
        Assert.Equal((!isPrivate, true), (page.Contains("Heron Copier", StringComparison.Ordinal), page.Contains("lang=\"de\"", StringComparison.Ordinal)));
        Assert.Equal(isPrivate, rig.Desk.PageForStrangers.Name != "Heron Copier");
    }
}

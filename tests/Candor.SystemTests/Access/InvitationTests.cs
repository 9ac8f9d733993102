using System.Net;
using System.Text.RegularExpressions;

namespace Candor.SystemTests.Access;

/// <summary>Invitations where answers are lost, and where somebody else has the link.</summary>
public sealed partial class InvitationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_lost_the_answer_comes_in_again_with_the_same_browser_and_nobody_else_does()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        using var ada = new Visitor(candor.AdminAddress);
        await ada.BecomeOwnerAsync(candor);
        var link = await ada.InviteAsync("Bo", "bo@example.com");
        using var bo = new Visitor(candor.AdminAddress);
        using var eve = new Visitor(candor.AdminAddress);
        using var bot = new Visitor(candor.AdminAddress);
        Assert.Equal(HttpStatusCode.OK, (await eve.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.OK, (await bo.GetAsync(link)).Status);

        // The request arrives, its answer does not: nothing that it would have set is in the browser.
        Assert.Equal(HttpStatusCode.SeeOther, (await bo.AcceptAsync(link, "Bo", answerArrives: false)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await bo.GetAsync("/account")).Status);

        foreach (var other in new[] { eve, bot })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link)).Status);
            var (refused, said) = await other.AcceptAsync(link, "Eve");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
            Assert.DoesNotContain("bo@example.com", said, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.SeeOther, (await other.GetAsync("/account")).Status);
        }

        Assert.Contains("Come in as Bo", (await bo.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bo.AcceptAsync("/invitation/another-secret", "Bo")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await bo.AcceptAsync(link, "Mallory")).Status);
        Assert.Equal(HttpStatusCode.OK, (await bo.GetAsync("/account")).Status);
        var people = (await ada.GetAsync("/people")).Text;
        Assert.Equal(1, Regex.Count(people, "bo@example\\.com", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotContain("Mallory", people, StringComparison.Ordinal);
        var audit = (await ada.GetAsync("/audit")).Text;
        Assert.Contains("invitation.accepted", audit, StringComparison.Ordinal);
        Assert.Contains("invitation.resumed", audit, StringComparison.Ordinal);

        await bo.SetPasswordAsync();
        using var later = bo.WithoutSession();
        Assert.Equal(HttpStatusCode.NotFound, (await later.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await later.AcceptAsync(link, "Bo")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await later.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task The_same_form_sent_many_times_at_once_makes_one_person()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        using var ada = new Visitor(candor.AdminAddress);
        await ada.BecomeOwnerAsync(candor);
        var link = await ada.InviteAsync("Bo", "bo@example.com");
        using var bo = new Visitor(candor.AdminAddress);
        await bo.GetAsync(link);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bo.AcceptAsync(link, "Bo", answerArrives: false)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        var people = (await ada.GetAsync("/people")).Text;
        Assert.Equal(1, Regex.Count(people, "bo@example\\.com", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}

using Candor.Notices.Subscribers;

namespace Candor.Tests.Notices.Subscribers;

public sealed class ShownAddressTests
{
    [Theory]
    [InlineData("slack", "https://hooks.slack.com/services/T0/B0/secretWxyz", "hooks.slack.com/…Wxyz")]
    [InlineData("discord", "https://discord.com/api/webhooks/1/secretAbcd", "discord.com/…Abcd")]
    [InlineData("ntfy", "https://ntfy.example.com/secret-topic", "ntfy.example.com/…opic")]
    [InlineData("pagerduty", "0123456789abcdef0123456789abcdef", "pagerduty/…cdef")]
    [InlineData("slack", "no address at all", "…tall")]
    [InlineData("email", "ada@example.com", "ada@example.com")]
    [InlineData("webhook", "https://example.com/hook", "https://example.com/hook")]
    public void A_secret_is_shown_by_who_answers_for_it_and_its_end(string channel, string address, string shown) =>
        Assert.Equal(shown, ShownAddress.Of(channel, address));

    [Fact]
    public async Task Lists_and_pages_have_the_short_form_and_sending_the_whole()
    {
        const string Hook = "https://hooks.slack.com/services/T0/B0/secretWxyz";
        await using var rig = await SubscriberRig.StartAsync();
        await rig.Desk.EnterAsync(new() { Channel = "slack", Address = Hook }, new("token:crm"), TestContext.Current.CancellationToken);
        var there = rig.The(Hook, "slack");

        Assert.Equal("hooks.slack.com/…Wxyz", rig.Desk.AddressOf(there.Id));
        Assert.Equal("hooks.slack.com/…Wxyz", SubscriberView.Of(there, rig.Office.Contacts!.Find(there.Id)).Address);
        Assert.Equal(Hook, rig.Desk.WholeAddressOf(there.Id));
        Assert.Equal([there], rig.Desk.Named(Hook));
        Assert.Equal([there], rig.Desk.Named(there.Id.Value));
        Assert.Empty(rig.Desk.Named("Wxyz"));
    }
}

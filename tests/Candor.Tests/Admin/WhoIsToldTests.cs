using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.State;
using static Candor.Tests.Admin.RoomRig;

namespace Candor.Tests.Admin;

/// <summary>Before anything is published the composer says how many will be told, and how.</summary>
public sealed class WhoIsToldTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Before = Candor.Tests.Access.Cast.Now.AddDays(-1);
    private RoomRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await StartAsync(
        Joins("everything00", "email"), Joins("mailonly0000", "email", Told.Mail), Joins("apionly00000", "webhook", Told.Api),
        Joins("majoronly000", "webhook") with { Wishes = new("webhook") { MinimumImpact = Impact.Critical } },
        Joins("unconfirmed0", "email") with { Confirmed = false });

    public async ValueTask DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Of_a_new_incident_those_who_want_to_know_of_its_components()
    {
        var preview = await PreviewAsync(("title", "Mail is late"), ("body", "Some mail waits."), ("c:mail", "partial_outage"));

        Assert.StartsWith("2 subscribers will be told: 2 by email.", preview.Words("[data-told]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_channel_and_by_how_bad_it_is()
    {
        var preview = await PreviewAsync(("title", "All is down"), ("body", "Nothing works."), ("c:api", "major_outage"), ("c:mail", "major_outage"), ("impact", "critical"));

        Assert.StartsWith("4 subscribers will be told: 2 by email and 2 by webhook.", preview.Words("[data-told]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_where_it_is_quiet()
    {
        var preview = await PreviewAsync(("title", "Mail is late"), ("body", "Some mail waits."), ("c:mail", "partial_outage"), ("quiet", "yes"));

        Assert.StartsWith("No subscriber will be told.", preview.Words("[data-told]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_room_of_an_incident_before_a_word_is_written()
    {
        var opened = await rig.FillAsync(
            await rig.GetAsync("/incidents/new"), "#composer", Ada, ("title", "Mail is late"), ("body", "Some mail waits."), ("c:mail", "partial_outage"));

        var page = await rig.GetAsync(opened.Location);

        Assert.StartsWith("2 subscribers will be told: 2 by email.", page.Words("#told"), StringComparison.Ordinal);
    }

    private async Task<Answer> PreviewAsync(params (string, string)[] fields)
    {
        var standing = new[] { ("status", "investigating"), ("key", "k"), ("seen", "") }.Where(one => fields.All(field => field.Item1 != one.Item1));
        return await rig.PostAsync("/incidents/preview", Ada, [.. standing, .. fields]);
    }

    private static SubscriberJoined Joins(string id, string channel, params ComponentId[] components) =>
        new(Before, new(id), new(channel) { Components = [.. components] }, Confirmed: true);
}

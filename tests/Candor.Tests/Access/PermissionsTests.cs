using Candor.Access;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Tests.Access;

public sealed class PermissionsTests
{
    private static readonly Act[] Posting = [Act.PostIncident, Act.ScheduleMaintenance, Act.SetStatus, Act.WritePostmortem, Act.SubmitMetrics];
    private static readonly Act[] Editing = [Act.EditHistory, Act.EditTemplates, Act.Configure, Act.ManageSubscribers, Act.Import];
    private static readonly Act[] Owning = [Act.SeeAudit, Act.ManageReaders, Act.ManageTokens, Act.ManagePeople];

    private static readonly World Tree = new Event[]
    {
        new ComponentAdded(Cast.Now, new(new("group"), "Shop", null, 0)),
        new ComponentAdded(Cast.Now, new(new("basket"), "Basket", new("group"), 0)),
        new ComponentAdded(Cast.Now, new(new("other"), "Other", null, 1)),
    }.Aggregate(World.Empty, World.Fold);

    [Fact]
    public void Each_role_may_do_what_its_name_says_and_no_more()
    {
        Same([Act.SeeOperations, Act.OwnAccount], Allowed(Role.Viewer));
        Same([Act.SeeOperations, Act.OwnAccount, .. Posting], Allowed(Role.Responder));
        Same([Act.SeeOperations, Act.OwnAccount, .. Posting, .. Editing], Allowed(Role.Editor));
        Same([Act.SeeOperations, Act.OwnAccount, .. Posting, .. Editing, .. Owning], Allowed(Role.Owner));
    }

    [Fact]
    public void Each_scope_may_do_what_its_name_says_and_no_token_decides_about_people()
    {
        Same([Act.SeeOperations], Allowed(TokenScope.Read));
        Same([Act.SeeOperations, .. Posting], Allowed(TokenScope.Post));
        Same([Act.SeeOperations, .. Posting, .. Editing, Act.SeeAudit, Act.ManageReaders], Allowed(TokenScope.Admin));
    }

    [Fact]
    public void Whoever_is_limited_touches_nothing_else_whatever_the_act()
    {
        foreach (var (act, reach) in Enum.GetValues<Act>().SelectMany(
            static act => new[] { new Reach([new ComponentId("basket")]), new Reach([]) }.Select(reach => (act, reach))))
        {
            Assert.NotNull(Permissions.Against(Cast.Signed(Role.Owner, reach), act, [new("other")], Tree));
            Assert.NotNull(Permissions.Against(Cast.Holding(TokenScope.Admin, reach), act, [new("other")], Tree));
            Assert.NotNull(Permissions.Against(Cast.Signed(Role.Owner, reach), act, [], Tree));
        }
    }

    [Fact]
    public void A_limit_to_a_group_covers_what_is_in_it()
    {
        var who = Cast.Signed(Role.Responder, new([new ComponentId("group")]));

        Assert.Null(Permissions.Against(who, Act.PostIncident, [new("basket"), new("group")], Tree));
        Assert.Equal("access.components", Permissions.Against(who, Act.PostIncident, [new("basket"), new("other")], Tree)?.Code);
        Assert.Equal("access.components", Permissions.Against(who, Act.PostIncident, [new("gone")], Tree)?.Code);
        var child = Cast.Signed(Role.Responder, new([new ComponentId("basket")]));
        Assert.NotNull(Permissions.Against(child, Act.PostIncident, [new("group")], Tree));
    }

    [Fact]
    public void A_refusal_says_what_would_be_needed()
    {
        Assert.Equal(
            "A responder may do this; you are a viewer. Ask an owner.", Permissions.Against(Cast.Signed(Role.Viewer), Act.PostIncident)?.Sentence);
        Assert.Equal(
            "This takes a token with --scope post; this one has read. `candor token create` makes one.",
            Permissions.Against(Cast.Holding(TokenScope.Read), Act.PostIncident)?.Sentence);
    }

    private static IEnumerable<Act> Allowed(Role role) =>
        Enum.GetValues<Act>().Where(act => Permissions.Against(Cast.Signed(role), act) is null);

    private static IEnumerable<Act> Allowed(TokenScope scope) =>
        Enum.GetValues<Act>().Where(act => Permissions.Against(Cast.Holding(scope), act) is null);

    private static void Same(IEnumerable<Act> expected, IEnumerable<Act> actual) => Assert.Equal(expected.Order(), actual.Order());
}

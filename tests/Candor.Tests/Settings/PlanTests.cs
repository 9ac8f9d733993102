using Candor.Settings;
using Candor.Settings.Plans;
using Candor.State;

namespace Candor.Tests.Settings;

public sealed class PlanTests
{
    private const string Before = """
        page: { name: Heron, id: heron }
        components:
          - name: Frontend
            components:
              - { name: Homepage, monitors: [homepage] }
        monitors:
          homepage: { http: https://example.com/ }
          mail: { smtp: mx.example.com:25 }
        """;

    private static Plan From(World world, string text) => Plan.Between(world, Written.Declared(text), Written.Noon);

    [Fact]
    public void The_same_file_twice_is_an_empty_plan()
    {
        Assert.True(From(Written.World(Written.Complete), Written.Complete).IsEmpty);
        Assert.True(From(Written.World(Before), Before).IsEmpty);
    }

    [Fact]
    public void A_changed_interval_is_one_event_with_both_values()
    {
        var plan = From(Written.World(Before), Before.Replace("https://example.com/ }", "https://example.com/, every: 30s }", StringComparison.Ordinal));

        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<MonitorChanged>(Assert.Single(plan.Events)).Monitor.Every);
        Assert.Equal(
            """
              ~ monitor homepage
                  every  1m → 30s
            0 to add, 1 to change, 0 to remove.
            """,
            PlanText.Of(plan, isColoured: false));
    }

    [Fact]
    public void A_rename_with_the_old_path_as_id_keeps_the_component_and_its_history()
    {
        var renamed = Before.Replace("{ name: Homepage,", "{ name: Start page, id: Frontend/Homepage,", StringComparison.Ordinal);
        var plan = From(Written.World(Before), renamed);

        var step = Assert.Single(plan.Steps);
        Assert.Equal((PlanAct.Change, "component Frontend / Start page"), (step.Act, step.Thing));
        Assert.Equal(new FieldChange("name", "Homepage", "Start page"), Assert.Single(step.Changes));
    }

    [Fact]
    public void Renaming_a_parent_with_an_id_moves_nothing_below_it()
    {
        var renamed = Before.Replace("- name: Frontend", "- name: Website\n    id: Frontend", StringComparison.Ordinal);

        Assert.Equal("component Website", Assert.Single(From(Written.World(Before), renamed).Steps).Thing);
    }

    [Fact]
    public void A_rename_without_an_id_is_another_component()
    {
        var plan = From(Written.World(Before), Before.Replace("name: Homepage", "name: Start", StringComparison.Ordinal));

        Assert.Equal([PlanAct.Add, PlanAct.Remove], plan.Steps.Select(step => step.Act));
    }

    [Fact]
    public void A_component_with_an_id_can_be_moved()
    {
        var file = Before.Replace("{ name: Homepage,", "{ name: Homepage, id: home,", StringComparison.Ordinal);
        var moved = """
            page: { name: Heron, id: heron }
            components:
              - { name: Homepage, id: home, monitors: [homepage] }
              - name: Frontend
            monitors:
              homepage: { http: https://example.com/ }
              mail: { smtp: mx.example.com:25 }
            """;
        var plan = From(Written.World(file), moved);

        Assert.All(plan.Steps, step => Assert.Equal(PlanAct.Change, step.Act));
        Assert.Contains(new FieldChange("below", "Frontend", null), plan.Steps[0].Changes);
    }

    [Fact]
    public void A_monitor_keeps_its_history_under_a_new_name_by_its_id()
    {
        var renamed = Before.Replace("  mail: { smtp: mx.example.com:25 }", "  post: { smtp: mx.example.com:25, id: mail }", StringComparison.Ordinal);

        Assert.True(From(Written.World(Before), renamed).IsEmpty);
    }

    [Fact]
    public void Everything_can_be_removed_and_comes_back_in_an_order_that_folds()
    {
        var empty = "page: { name: Heron, id: heron }\ncomponents: []\nmonitors: {}";
        var world = Written.World(Written.Complete, empty);

        Assert.Empty(world.Components);
        Assert.Empty(world.Monitors);
        Assert.Equal(4, Written.World(Written.Complete, empty, Written.Complete).Components.Count);
    }

    [Fact]
    public void A_component_that_nothing_watches_any_more_is_no_longer_known()
    {
        var world = Written.World(Before);
        var homepage = world.Components.Values.Single(component => component.Definition.Name == "Homepage");
        world = World.Fold(world, new ComponentStateChanged(
            Written.Noon, homepage.Id, Written.Noon, new(ComponentStatus.MajorOutage), "connection refused"));

        var plan = From(world, Before.Replace(", monitors: [homepage]", "", StringComparison.Ordinal));

        var after = plan.Events.Aggregate(world, World.Fold).Components[homepage.Id];
        Assert.True(after.Definition.Monitors.IsEmpty, "The edit took no monitor away.");
        Assert.Equal((new ComponentState(ComponentStatus.MajorOutage, Known: false), null), (after.State, after.Reason));
    }

    [Fact]
    public void Control_characters_never_reach_the_terminal()
    {
        var step = new PlanStep(PlanAct.Add, "component \u001b[31mred", [new("name", null, "a\u0007b")]);

        Assert.DoesNotContain(PlanText.Of(new Plan([], [step]), isColoured: false), c => c is '\u001b' or '\u0007');
    }

    [Fact]
    public void Public_ids_are_twelve_characters_and_a_public_id_is_kept()
    {
        Assert.Matches("^[0-9a-z]{12}$", Identity.FromPath("Frontend/Homepage"));
        Assert.Equal(Identity.FromPath("Frontend/Homepage"), Identity.FromId("Frontend/Homepage"));
        Assert.Equal("kctbh9vrtdwd", Identity.FromId("kctbh9vrtdwd"));
    }
}

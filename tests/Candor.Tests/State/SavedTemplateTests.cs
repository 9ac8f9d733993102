using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class SavedTemplateTests
{
    private static readonly TemplateId Template = new("template0001");

    private static readonly SavedTemplate Saved = new("Down", "{{component}} is down", "{{component | list}} fails since {{now | time}}.")
    {
        Status = IncidentStatus.Identified,
        Components = [On(Mail, ComponentStatus.MajorOutage), On(Api, ComponentStatus.MajorOutage)],
    };

    [Fact]
    public void It_fills_in_what_it_names()
    {
        var told = new Told().Do((w, at) => TemplateDecisions.Save(w, at, Ann, Template, Saved));

        var (title, body) = TemplateDecisions.Fill(
            told.World, told.World.Templates[Template], Saved.Components, IncidentStatus.Identified, T0, TimeZoneInfo.Utc);

        Assert.Equal(("Mail, API is down", "Mail, API fails since 09:00 UTC."), (title, body));
    }

    [Fact]
    public void It_is_changed_kept_apart_from_others_by_name_and_removed()
    {
        var told = new Told().Do((w, at) => TemplateDecisions.Save(w, at, Ann, Template, Saved));
        Assert.Empty(TemplateDecisions.Save(told.World, T0, Ann, Template, Saved).Events);
        Assert.Equal("name_taken", told.Refused((w, at) => TemplateDecisions.Save(w, at, Ann, new("other"), Saved)).Code);

        told.Do((w, at) => TemplateDecisions.Save(w, at, Ann, Template, Saved with { Body = "Other." }));
        Assert.Equal("Other.", told.World.Templates[Template].Body);
        told.Do((w, at) => TemplateDecisions.Remove(w, at, Ann, Template));
        Assert.Empty(told.World.Templates);
    }

    [Fact]
    public void A_placeholder_that_stands_for_nothing_is_refused() => Assert.Equal(
        "bad_placeholder",
        new Told().Refused((w, at) => TemplateDecisions.Save(w, at, Ann, Template, Saved with { Title = "{{weather}}" })).Code);

    [Fact]
    public void An_audit_record_is_a_fact_and_takes_no_address_of_a_person()
    {
        var told = new Told().Do((_, at) => AuditDecisions.Record(at, Ann, "token.created", "9d2m", new(Address: "10.0.0.1")));

        Assert.Equal("token.created", Assert.Single(told.World.Audit).Act);
        Assert.Equal("personal", told.Refused((_, at) => AuditDecisions.Record(at, Ann, "person.invited", "ann@example.com")).Code);
    }
}

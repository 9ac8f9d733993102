using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Subscribing.Lists;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Subscribing;

/// <summary>Lists as people have them, and what is wrong with them, by line.</summary>
public sealed class ListFormTests
{
    private static readonly World Page = Start(subscribers: 0);

    [Fact]
    public void Our_own_columns_are_read_with_names_or_ids_of_components()
    {
        var read = ListForm.Read(Page, "channel,address,components,minimum_impact,maintenance,time_zone\r\nemail,Ada@example.com,\"homepage;mail00000000\",major,no,Europe/Berlin\r\n");

        var row = Assert.Single(read.Rows);
        Assert.Equal(
            (2, "email", "Ada@example.com", Impact.Major, false, "Europe/Berlin"),
            (row.Line, row.Body.Channel, row.Body.Address, row.Body.MinimumImpact, row.Body.Maintenance, row.Body.TimeZone));
        Assert.Equal([Home.Value, Mail.Value], row.Body.Components!);
        Assert.Empty(read.Faults);
    }

    [Theory]
    [InlineData("email,ada@example.com,yes\nwebhook,https://example.com/hook,ops@example.com")]
    [InlineData("Type,Email,Endpoint\nemail,ada@example.com,\nwebhook,ops@example.com,https://example.com/hook")]
    [InlineData("\uFEFFType;Email Address;Endpoint\nemail;ada@example.com;\nwebhook;;https://example.com/hook")]
    [InlineData("address\nada@example.com\nhttps://example.com/hook\n")]
    [InlineData("ada@example.com\n\nhttps://example.com/hook")]
    public void Statuspages_forms_and_a_plain_column_are_read_as_they_are(string list)
    {
        var read = ListForm.Read(Page, list);

        Assert.Equal(
            [("email", "ada@example.com"), ("webhook", "https://example.com/hook")], read.Rows.Select(static row => (row.Body.Channel, row.Body.Address)));
        Assert.Empty(read.Faults);
    }

    [Theory]
    [InlineData("name,phone\nAda,1", 1, "names no column for addresses")]
    [InlineData("address,components\nada@example.com,Nowhere", 2, "no component “Nowhere”")]
    [InlineData("address,minimum_impact\nada@example.com,huge", 2, "“huge” is no impact")]
    [InlineData("address,digest\nada@example.com,weekly", 2, "“weekly” is no way of being told")]
    [InlineData("address,reminders\nada@example.com,perhaps", 2, "“perhaps” is neither yes nor no")]
    [InlineData("address,maintenance\nada@example.com,-", 2, "“-” is neither yes nor no")]
    [InlineData("address,components\n,Homepage", 2, "no address")]
    [InlineData("address\nada@example.com\n\"grace@example.com", 3, "never closed")]
    [InlineData("address,note\nada@example.com,\"two\nlines\"\n,x", 4, "no address")]
    public void What_cannot_be_taken_is_named_with_its_line_and_a_remedy(string list, int line, string what)
    {
        var fault = Assert.Single(ListForm.Read(Page, list).Faults);

        Assert.Equal(line, fault.Line);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Remedy.Replace("components", "components.", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Y", true)]
    [InlineData("ja", true)]
    [InlineData("x", true)]
    [InlineData("on", true)]
    [InlineData("TRUE", true)]
    [InlineData("n", false)]
    [InlineData("Nein", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    [InlineData("", null)]
    public void Yes_and_no_are_read_as_people_write_them(string said, bool? yes)
    {
        var row = Assert.Single(ListForm.Read(Page, $"address,maintenance,reminders\nada@example.com,{said},{said}\n").Rows).Body;
        Assert.Equal((yes, yes), (row.Maintenance, row.Reminders));
    }

    [Fact]
    public void Who_has_left_there_is_not_entered_here() => Assert.Equal(
        [2, 3], ListForm.Read(Page, "email,state\na@example.com,unsubscribed\nb@example.com,Quarantined\nc@example.com,active").Left.Select(static one => one.Line));

    [Fact]
    public void What_is_written_is_read_again_and_is_no_formula_to_a_spreadsheet()
    {
        const string Address = "=cmd'|\"x@example.com";
        var world = Folded([new SubscriberJoined(Noon, IdOf(1), new("email") { Components = [Home], MinimumImpact = Impact.Minor, TimeZone = "Europe/Berlin", Digest = DigestEvery.Daily, Reminders = true }, Confirmed: true)], Page);

        var text = ListForm.Write(world, static _ => Address);

        Assert.Contains("\"'=cmd'|\"\"x@example.com\"", text, StringComparison.Ordinal);
        var row = Assert.Single(ListForm.Read(world, text).Rows).Body;
        Assert.Equal((Address, Impact.Minor, "Europe/Berlin", DigestEvery.Daily, true), (row.Address, row.MinimumImpact, row.TimeZone, row.Digest, row.Reminders));
        Assert.Equal([Home.Value], row.Components!);
    }

    [Fact]
    public void What_a_terminal_would_obey_is_not_written()
    {
        var world = Folded([new SubscriberJoined(Noon, IdOf(1), new("email") { Language = "\u001b[31mX\r\n\u202eY" }, Confirmed: true)], Page);

        var text = ListForm.Write(world, static _ => "ada@example.com");

        Assert.All(text.Split("\r\n"), static line => Assert.Null(Unshown.FirstIn(line, isLine: true)));
        Assert.Equal(3, text.Split("\r\n").Length);
    }

    [Fact]
    public void A_hostile_list_ends_quickly_and_is_refused()
    {
        Assert.NotEmpty(ListForm.Read(Page, new string('a', ListForm.CharactersMost + 1)).Faults);
        Assert.NotEmpty(ListForm.Read(Page, "address\n" + new string('"', 200_001)).Faults);
        Assert.Contains(ListForm.Read(Page, "address\n" + string.Concat(Enumerable.Repeat("a@example.com\n", 60_000))).Faults, static fault => fault.What.Contains("50,000", StringComparison.Ordinal));
        Assert.Single(ListForm.Read(Page, "address\n" + new string('x', 100_000)).Faults);
        Assert.Empty(ListForm.Read(Page, "").Rows);
    }

    [Theory]
    [InlineData("team@example.com", true)]
    [InlineData("noreply+x@example.com", true)]
    [InlineData("heron-list@example.com", true)]
    [InlineData("anything@lists.example.com", true)]
    [InlineData("ada@example.com", false)]
    [InlineData("teamer@example.com", false)]
    public void Addresses_of_several_people_are_recognised(string address, bool isShared) =>
        Assert.Equal(isShared, SharedMailboxes.Warning("email", address) is not null);
}

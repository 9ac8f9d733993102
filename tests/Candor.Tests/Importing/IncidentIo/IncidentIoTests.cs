using System.Text.Json;
using Candor.State;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.IncidentIo;

public sealed class IncidentIoTests
{
    [Fact]
    public void Flight_data_is_joined_wherever_it_was_cut()
    {
        var long_ = new string('ü', 700);
        var flight = """5:[false,["$","$L1",null,{"summary":{"name":"Heron","public_url":"https://status.example.com","affected_components":[{"component_id":"01C","status":"partial_outage"}],"components":[{"id":"01C","name":"Login"}],"structure":{"items":[{"component":"$undefined","group":{"id":"01G","name":"Web","components":[{"component_id":"01C","name":"Login"}]}}]}}}]]""" + "\n"
            + $"2f:T{700 * 2:x},{long_}"
            + """6:["$","$L2",null,{"incidents":[{"id":"01I","name":"$$5 lost","type":"incident","status":"resolved","status_page_id":"01P","published_at":"2024-03-01T10:00:00Z","affected_components":[],"component_impacts":[{"component_id":"01C","status":"full_outage","start_at":"2024-03-01T09:55:00Z","end_at":"2024-03-01T10:30:00Z"}],"updates":[{"published_at":"2024-03-01T10:30:00Z","to_status":"resolved","message_string":"Over."},{"published_at":"2024-03-01T10:00:00Z","to_status":"investigating","message_string":"$2f"}],"write_up_contents":"$undefined"}]}]""" + "\n";
        var html = "<!DOCTYPE html><html><!-- status_page_id published_at --><body>"
            + string.Concat(flight.Chunk(97).Select(part => $"<script>self.__next_f.push([1,{JsonSerializer.Serialize(new string(part))}])</script>")) + "</body></html>";

        var read = As("incidentio", html);

        Assert.Equal("Heron", read.PageName);
        Assert.Equal([["Web"], ["Web", "Login"]], read.Components.Select(c => c.Path.ToArray()));
        Assert.Equal(ComponentStatus.PartialOutage, read.Components[1].Status);
        var lost = Assert.Single(read.Incidents);
        Assert.Equal("$5 lost", lost.Title);
        Assert.Equal([long_, "Over."], lost.Updates.Select(u => u.Body));
        Assert.Equal((ComponentStatus.MajorOutage, Utc("2024-03-01 09:55"), Utc("2024-03-01 10:30")), (lost.Intervals[0].Status, lost.Intervals[0].From!.Value, lost.Intervals[0].Until!.Value));
        Assert.Equal(Utc("2024-03-01 10:30"), lost.ResolvedAt);
        Assert.Equal(Impact.Critical, lost.Impact);
    }

    [Fact]
    public void An_editors_tree_becomes_markdown()
    {
        var incident = Assert.Single(As("incidentio", """
            { "incidents": [ { "id": "01I", "name": "Slow", "type": "incident", "status": "investigating", "published_at": "2024-03-01T10:00:00Z", "updates": [ { "published_at": "2024-03-01T10:00:00Z",
              "to_status": "investigating", "message_string": "See here.", "message": { "type": "doc", "content": [
                { "type": "paragraph", "content": [ { "type": "text", "text": "See " }, { "type": "text", "text": "here", "marks": [ { "type": "link", "attrs": { "href": "https://example.com" } } ] }, { "type": "text", "text": "." } ] },
                { "type": "bulletList", "content": [ { "type": "listItem", "content": [ { "type": "paragraph", "content": [ { "type": "text", "text": "one", "marks": [ { "type": "bold" } ] } ] } ] },
                  { "type": "listItem", "content": [ { "type": "paragraph", "content": [ { "type": "text", "text": "two" } ] } ] } ] } ] } } ] } ] }
            """).Incidents);

        Assert.Equal("See [here](https://example.com).\n- **one**\n- two", incident.Updates[0].Body);
        Assert.Null(incident.ResolvedAt);
    }

    [Fact]
    public void A_page_that_breaks_off_in_a_push_is_read_as_far_as_it_goes() =>
        Assert.Empty(As("incidentio", "<html>status_page_id published_at <script>self.__next_f.push([1,\"5:{\\\"a\\\":1}\\n").Incidents);
}

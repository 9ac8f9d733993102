using Candor.State;
using static Candor.Tests.Importing.Reads;

namespace Candor.Tests.Importing.Aws;

public sealed class AwsTests
{
    [Fact]
    public void A_clock_that_goes_back_has_passed_midnight()
    {
        var slow = Assert.Single(As("aws", """
            { "current": [], "archive": [ { "service_name": "Amazon EC2 (Ohio)", "service": "ec2-us-east-2", "summary": "[RESOLVED] Slow", "date": "1638862200", "status": 3, "details": "",
              "description": "<div><span class=\"yellowfg\">11:30 PM PST</span>&nbsp;We look.</div><div><span class=\"yellowfg\">12:10 AM PST</span>&nbsp;Found.</div><div><span class=\"yellowfg\">Dec 8, 6:03 AM PST</span>&nbsp;Over.</div>" } ] }
            """).Incidents);

        Assert.Equal("Slow", slow.Title);
        Assert.Equal([Utc("2021-12-07 07:30"), Utc("2021-12-07 08:10"), Utc("2021-12-08 14:03")], slow.Updates.Select(u => u.At!.Value));
        Assert.Equal([IncidentStatus.Investigating, null, IncidentStatus.Resolved], slow.Updates.Select(u => u.Status));
        Assert.Equal(["Amazon EC2", "Ohio"], slow.Intervals[0].Component);
        Assert.Equal(ComponentStatus.MajorOutage, slow.Intervals[0].Status);
    }
}

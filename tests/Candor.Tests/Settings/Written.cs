using System.Text;
using Candor.Settings;
using Candor.Settings.Plans;
using Candor.State;

namespace Candor.Tests.Settings;

/// <summary>Settings as they are written in a test.</summary>
internal static class Written
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Uses every key that this folder reads.</summary>
    public const string Complete = """
        page:
          name: Heron Copier
          id: heron
          url: https://status.example.com
          time_zone: Europe/Berlin
          language: de
          description: Copies herons since 2012.
          accent: "#0a7d55"
          logo: https://example.com/heron.svg
          contact: mailto:help@example.com
        components:
          - name: Frontend
            components:
              - name: Homepage
                id: home
                description: What people see first.
                regions: [eu, us]
                monitors: [homepage]
                show_uptime: false
          - name: Connect
            redundancy: { members: [connect-1, connect-2], need: 1 }
            only_show_if_degraded: true
          - name: Mail
            monitors: [mail]
        monitors:
          homepage:
            http: https://example.com/
            every: 30s
            timeout: 5s
            from: [local, eu, us]
            judging: { down_after: 3 }
          mail: { smtp: mx.example.com:25, starttls: required, depends_on: [homepage], id: mx }
          connect-1: { tcp: 10.0.0.11:5672 }
          connect-2: { tcp: 10.0.0.12:5672 }
        judging: { down_after: 2, up_after: 4, min_live: 2 }
        incidents: { automatic: confirm, open_after: 30s, resolve_after: 5m }
        maintenance: { outages: expect, uptime: count }
        vantage: { controls: [gateway, "one.one.one.one:443"], regions: { us: [us, local] } }
        egress: { allow: [10.0.0.0/8, 192.168.1.10] }
        notices:
          email: { smtp: "smtp://user:$SMTP_PASSWORD@mail.example.com:587", from: status@example.com }
        """;

    public static SettingsAnswer Read(string text) =>
        new SettingsReader(StandInChecks.All).Read(Encoding.UTF8.GetBytes(text));

    public static Declaration Declared(string text)
    {
        var answer = Read(text);
        Assert.Empty(answer.Faults);
        return answer.Declaration!;
    }

    public static World World(params string[] filesInOrder)
    {
        var world = Candor.State.World.Empty;
        foreach (var file in filesInOrder)
        {
            world = Plan.Between(world, Declared(file), Noon).Events.Aggregate(world, Candor.State.World.Fold);
        }

        return world;
    }
}

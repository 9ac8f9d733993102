using System.CommandLine;
using System.Text.Json;
using Candor.Commands.Doctor;

namespace Candor.Commands;

/// <summary><c>candor doctor</c>: looks at what usually goes wrong around Candor and says what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var (data, config, json) = (CommonOptions.Data(), CommonOptions.Config(), CommonOptions.Json());
        var (listen, admin) = (CommonOptions.Listen(), CommonOptions.AdminListen());
        var command = new CandorCommand("doctor", "Look at this machine as Candor needs it, and say what to mend.")
        {
            Options = { data, config, listen, admin, json },
            Examples =
            [
                ("candor doctor", "everything, for people"),
                ("candor doctor --json", "the same, for a bug report"),
            ],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            IReadOnlyList<Finding> findings =
            [
                .. SystemFindings.All(),
                .. FolderFindings.Of(parsed.GetValue(data)!, parsed.GetValue(config)!),
                .. PortFindings.Of(
                    [("public port", parsed.GetValue(listen)!), ("admin port", parsed.GetValue(admin)!)]),
                await NameFindings.OfAsync(TimeProvider.System, stopping),
            ];
            return Tell(terminal, DoctorReport.Of(findings), parsed.GetValue(json));
        });
        return command;
    }

    private static int Tell(Terminal terminal, DoctorReport report, bool json)
    {
        if (json)
        {
            terminal.Line(JsonSerializer.Serialize(report, CommandJson.Readable.DoctorReport));
            return Code(report);
        }

        var column = report.Findings.Max(finding => finding.Name.Length);
        foreach (var finding in report.Findings)
        {
            terminal.Tick(InkOf(finding.Health), finding.Name, finding.Found, column);
            if (finding.Remedy is { } remedy)
            {
                terminal.Line($"    {new string(' ', column)}  → {remedy}");
            }
        }

        if (report.Worst == Health.Bad)
        {
            terminal.Fail("Candor cannot work like this.", "Mend what is marked ✗ above, then run `candor doctor` again.");
        }

        return Code(report);
    }

    private static int Code(DoctorReport report) => report.Worst == Health.Bad ? Exit.Failed : Exit.Done;

    private static Ink InkOf(Health health) => health switch
    {
        Health.Good => Ink.Good,
        Health.Warning => Ink.Warning,
        _ => Ink.Bad,
    };
}

using System.Collections.Frozen;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Text;

/// <summary>The word over an update, and what it says: a status, none ("Update"), or a step of maintenance.</summary>
internal readonly record struct Label(string Word, IncidentStatus? Status, string? Maintenance = null)
{
    // Pages write these alone on a line. A word is here only where no sentence would begin with it and end at once.
    private static readonly FrozenDictionary<string, Label> Known = new Label[]
    {
        new("investigating", IncidentStatus.Investigating), new("acknowledged", IncidentStatus.Investigating),
        new("created", IncidentStatus.Investigating), new("opened", IncidentStatus.Investigating),
        new("identified", IncidentStatus.Identified), new("monitoring", IncidentStatus.Monitoring),
        new("watching", IncidentStatus.Monitoring), new("mitigated", IncidentStatus.Monitoring),
        new("recovering", IncidentStatus.Monitoring), new("resolved", IncidentStatus.Resolved),
        new("fixed", IncidentStatus.Resolved), new("closed", IncidentStatus.Resolved),
        new("postmortem", IncidentStatus.Postmortem), new("post-mortem", IncidentStatus.Postmortem),
        new("post mortem", IncidentStatus.Postmortem), new("write-up", IncidentStatus.Postmortem),
        new("update", null), new("updated", null), new("service_outage", null), new("service_disruption", null),
        new("service_information", null), new("available", IncidentStatus.Resolved),
        new("scheduled", null, "scheduled"), new("in progress", null, "in_progress"),
        new("verifying", null, "verifying"), new("completed", null, "completed"),

        // The same on pages in German, French and Spanish.
        new("untersuchung", IncidentStatus.Investigating), new("in untersuchung", IncidentStatus.Investigating), new("wird untersucht", IncidentStatus.Investigating),
        new("ursache gefunden", IncidentStatus.Identified), new("wird beobachtet", IncidentStatus.Monitoring),
        new("nachbetrachtung", IncidentStatus.Postmortem), new("zwischenstand", null),
        new("identifiziert", IncidentStatus.Identified), new("beobachtung", IncidentStatus.Monitoring), new("überwachung", IncidentStatus.Monitoring),
        new("behoben", IncidentStatus.Resolved), new("gelöst", IncidentStatus.Resolved),
        new("enquête en cours", IncidentStatus.Investigating), new("identifié", IncidentStatus.Identified),
        new("surveillance", IncidentStatus.Monitoring), new("résolu", IncidentStatus.Resolved),
        new("investigando", IncidentStatus.Investigating), new("identificado", IncidentStatus.Identified),
        new("monitoreando", IncidentStatus.Monitoring), new("resuelto", IncidentStatus.Resolved),
    }.ToFrozenDictionary(label => label.Word, StringComparer.OrdinalIgnoreCase);

    // Words that are labels between brackets alone, as cState's issues have them.
    private static readonly FrozenDictionary<string, Label> Bracketed = new Label[]
    {
        new("initial message", IncidentStatus.Investigating), new("final message", IncidentStatus.Resolved), new("edit", null),
    }.ToFrozenDictionary(label => label.Word, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Label>.AlternateLookup<ReadOnlySpan<char>> ByWord =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The label that a line begins with, once its markup is off; <paramref name="end"/> is the place behind it.</summary>
    public static Label? Read(ReadOnlySpan<char> line, out int end)
    {
        end = 0;
        var bracket = line is ['[', ..];
        if (bracket && line.IndexOf(']') is > 1 and < 20 and var close && Bracketed.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(line[1..close], out var only))
        {
            end = close + 1;
            return only;
        }

        var from = bracket ? 1 : 0;
        for (var length = Math.Min(line.Length - from, 19); length >= 5; length--)
        {
            var closes = from + length == line.Length || !(char.IsLetterOrDigit(line[from + length]) || line[from + length] == '_');
            if (!closes || !ByWord.TryGetValue(line.Slice(from, length), out var label))
            {
                continue;
            }

            end = from + length;
            if (bracket)
            {
                if (end == line.Length || line[end] != ']')
                {
                    return null;
                }

                end++;
            }

            return label;
        }

        return null;
    }
}

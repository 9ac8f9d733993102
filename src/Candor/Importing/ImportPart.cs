namespace Candor.Importing;

/// <summary>What of a source may be taken or left by itself; the words are those of the command line.</summary>
internal enum ImportPart
{
    Components,
    Incidents,
    Intervals,
    Maintenances,
    Monitors,
    Postmortems,
}

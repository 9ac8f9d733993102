using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary>
/// Reads one kind of check out of a monitor. The kind is chosen by the key: the reader whose <see cref="Key"/> stands
/// in the monitor's map reads that key and whatever options it knows beside it. Keys that no reader asks for become
/// faults by themselves.
/// </summary>
internal interface ICheckReader
{
    /// <summary>The key that chooses this kind: http, tcp, heartbeat …</summary>
    string Key { get; }

    /// <summary>Whoever tells has judged already, so one reading is enough unless the owner says otherwise.</summary>
    bool JudgesItself => false;

    /// <summary>
    /// The check, or null after at least one fault was added. What it returns goes into the journal, so passwords and
    /// tokens stay references (<see cref="Secret"/>, <c>$NAME</c>), and the same text gives the same options.
    /// </summary>
    Check? Read(Entry monitor, Faults faults);
}

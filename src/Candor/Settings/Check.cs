namespace Candor.Settings;

/// <summary>
/// What a monitor does, without saying when: a record of plain values. Each kind has its own; equality is by value, so
/// that a file read twice changes nothing.
/// </summary>
internal abstract record Check
{
    /// <summary>The key in the file: http, tcp, heartbeat …</summary>
    public abstract string Kind { get; }

    /// <summary>What is looked at, for people: an address or a name, without passwords or tokens.</summary>
    public abstract string Target { get; }
}

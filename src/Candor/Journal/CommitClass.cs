namespace Candor.Journal;

/// <summary>What may use the last of the disk.</summary>
internal enum CommitClass
{
    /// <summary>Automatic facts; refused first when space runs out.</summary>
    Ordinary,

    /// <summary>What people say about an incident; may use the reserve.</summary>
    Essential,
}

namespace Candor.Effects;

/// <summary>How looking up a name ended. Only the middle two say anything about the name's owner.</summary>
internal enum NameAnswer
{
    Found,

    /// <summary>A resolver said that the name does not exist.</summary>
    NoSuchName,

    /// <summary>The name exists and has no address.</summary>
    NoAddress,

    /// <summary>No resolver of ours gave a definite answer: a fault of ours until shown otherwise.</summary>
    ResolverFailed,

    /// <summary>What was asked for cannot be a host.</summary>
    NotAHost,
}

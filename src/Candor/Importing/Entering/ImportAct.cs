namespace Candor.Importing.Entering;

/// <summary>What becomes of one incident or maintenance of a source.</summary>
internal enum ImportAct
{
    /// <summary>It is entered.</summary>
    Enter,

    /// <summary>It stands here already, and nothing is done.</summary>
    Present,

    /// <summary>It cannot be entered.</summary>
    LeftOut,
}

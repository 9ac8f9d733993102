namespace Candor.Importing.Entering;

/// <summary>Taking an import out needs no more than its id, which stands in the address.</summary>
internal sealed record WithdrawBody;

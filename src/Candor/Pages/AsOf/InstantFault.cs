namespace Candor.Pages.AsOf;

/// <summary>Why what <c>?at=</c> asks for cannot be shown.</summary>
internal enum InstantFault
{
    Several,
    Unreadable,
    Future,
    TooEarly,
}

using Candor.Journal;

namespace Candor.Pages;

/// <summary>Where the publisher gets what it renders: the journal's state, with what is measured and never a fact.</summary>
internal interface IBriefSource
{
    /// <summary>Where the journal stands.</summary>
    Position Position => Current().Position;

    /// <summary>The latest. Never waits.</summary>
    Brief Current();

    /// <summary>Completes once the journal stands beyond a position.</summary>
    ValueTask WaitAsync(Position after, CancellationToken cancellation);
}

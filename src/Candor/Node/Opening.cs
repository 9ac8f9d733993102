using Candor.Journal;
using Candor.State;

namespace Candor.Node;

/// <summary>Waiting for the journal without giving up on one that fails: it opens itself again.</summary>
internal static class Opening
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Until it takes events.</summary>
    public static Task WaitForOpenAsync(this Journal<World, Event> journal, TimeProvider time, CancellationToken stopping) =>
        UntilAsync(journal, time, orDamaged: false, stopping);

    /// <summary>Damaged, but something could be read. Of a journal that gave nothing there is nothing true to show.</summary>
    public static bool IsReadInPart(this Journal<World, Event> journal) =>
        journal.Condition.Phase == JournalPhase.Corrupt && journal.Position > Position.Start;

    /// <summary>Until what can be read back has been read, also of a damaged one.</summary>
    public static Task WaitForReadingAsync(this Journal<World, Event> journal, TimeProvider time, CancellationToken stopping) =>
        UntilAsync(journal, time, orDamaged: true, stopping);

    private static async Task UntilAsync(
        Journal<World, Event> journal, TimeProvider time, bool orDamaged, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await journal.WaitForOpenAsync(stopping);
                return;
            }
            catch (JournalFailedException) when (orDamaged && journal.IsReadInPart())
            {
                return;
            }
            catch (JournalFailedException)
            {
                await Task.Delay(LookAgain, time, stopping);
            }
        }
    }
}

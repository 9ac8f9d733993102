using Candor.Pages.Audiences;

namespace Candor.Pages.AsOf;

/// <summary>A page of the past that somebody waits for.</summary>
internal sealed record PastOrder(string Path, DateTimeOffset At, Eyes Eyes)
{
    private readonly TaskCompletionSource<PageBytes?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool abandoned;

    /// <summary>The page, or null: not now.</summary>
    public Task<PageBytes?> Answer => answer.Task;

    /// <summary>Nobody waits any more.</summary>
    public bool IsAbandoned => abandoned;

    public void Abandon() => abandoned = true;

    public void Complete(PageBytes? page) => answer.TrySetResult(page);
}

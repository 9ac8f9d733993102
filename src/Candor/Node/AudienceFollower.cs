using System.Collections.Immutable;
using Candor.Pages.Audiences;

namespace Candor.Node;

/// <summary>
/// Keeps a publication running for each audience that the facts name: a publisher and streams of its own. One that is no
/// longer named stops at once, and its last known pages leave the disk.
/// </summary>
internal sealed class AudienceFollower(Node node, Works works)
{
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var published = works.Journal.Current;
                await FollowAsync(published.State.Page.Audiences, forget: true, stopping);
                works.AudiencesFollowed.TrySetResult();
                var moved = works.Journal.WaitAsync(published.Position, stopping).AsTask();
                await Task.WhenAny(running.Values.Select(static one => one.Ended).Append(moved));
                foreach (var one in running.Values.Where(static one => one.Ended.IsCompleted))
                {
                    // The supervisor says it and begins all of them again.
                    await one.Ended;
                }

                await moved;
            }
        }
        finally
        {
            works.AudiencesFollowed.TrySetResult();
            await FollowAsync([], forget: false, CancellationToken.None);
        }
    }

    private async Task FollowAsync(ImmutableArray<string> wanted, bool forget, CancellationToken stopping)
    {
        foreach (var gone in running.Keys.Except(wanted).ToList())
        {
            node.Publications.ByAudience = node.Publications.ByAudience.Remove(gone);
            running.Remove(gone, out var one);
            await one!.Stop.CancelAsync();
            await one.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            one.Stop.Dispose();
            if (forget)
            {
                node.Forget(gone);
            }
        }

        foreach (var name in wanted.Where(name => !running.ContainsKey(name)))
        {
            var (publication, publisher) = node.Publish(name);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            running[name] = new(stop, Task.WhenAll(publisher.RunAsync(stop.Token), publication.Live.RunAsync(stop.Token)));
            node.Publications.ByAudience = node.Publications.ByAudience.SetItem(name, publication);
        }
    }

    private sealed record Running(CancellationTokenSource Stop, Task Ended);
}

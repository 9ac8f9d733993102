using System.Collections.Concurrent;

namespace Candor.Access;

/// <summary>Requests that were let in and are not over. Whoever loses what let them in loses them at once, live streams included.</summary>
internal sealed class OpenRequests
{
    private readonly ConcurrentDictionary<HttpContext, Principal> open = new();

    public void Enter(HttpContext context, Principal who) => open[context] = who;

    public void Leave(HttpContext context) => open.TryRemove(context, out _);

    /// <summary>Ends what no longer holds. The one request that asked for the change may finish its answer.</summary>
    public void Review(Roster roster)
    {
        foreach (var (context, who) in open)
        {
            if (!roster.Has(who) && !context.Items.ContainsKey(typeof(OpenRequests)))
            {
                context.Abort();
            }
        }
    }

    /// <summary>Says that this request may outlive its own credential: it is the one that takes it away.</summary>
    public static void MayFinish(HttpContext context) => context.Items[typeof(OpenRequests)] = true;
}

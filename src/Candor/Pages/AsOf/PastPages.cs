using System.Threading.Channels;
using Candor.Journal;
using Candor.Pages.Audiences;
using Candor.State;
using Microsoft.Extensions.Logging;

namespace Candor.Pages.AsOf;

/// <summary>
/// Pages as they were. One loop folds and renders what is asked for, one page after another, and rests as long as it
/// worked: readers of the present page never wait for it. Whoever does not fit into its queue is told to come back.
/// </summary>
internal sealed partial class PastPages(
    Func<IJournalReader> journal, TimeProvider time, PastLimits limits, ILogger<PastPages> logger)
{
    private readonly Channel<PastOrder> waiting = Channel.CreateBounded<PastOrder>(
        new BoundedChannelOptions(limits.WaitingMax) { SingleReader = true });

    private readonly PastWorlds worlds = new(limits);
    private readonly KeptPages kept = new(limits.KeptBytesMax);

    /// <summary>The pages that could be had at that time.</summary>
    public Func<Brief, IEnumerable<PagePlan>> Plans { get; init; } =
        static brief => Catalogue.FrontOf(brief).Concat(Catalogue.ArchiveOf(brief));

    /// <summary>What holds now, for who may see the past of it; null: what held then.</summary>
    public Func<World?> Today { get; init; } = static () => null;

    /// <summary>A page as it was, where it is still kept from the last time somebody asked. Never waits.</summary>
    public PageBytes? Kept(string path, DateTimeOffset at, Eyes eyes) => kept.Find(path, at, eyes);

    /// <summary>A place in the queue, or null where it is full. Never waits.</summary>
    public PastOrder? Order(string path, DateTimeOffset at, Eyes eyes)
    {
        var order = new PastOrder(path, at, eyes);
        return waiting.Writer.TryWrite(order) ? order : null;
    }

    /// <summary>What was ordered, or null where there is no time for it now.</summary>
    public async Task<PageBytes?> WaitAsync(PastOrder order, CancellationToken left)
    {
        try
        {
            return await order.Answer.WaitAsync(limits.Within, time, left);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            order.Abandon();
        }
    }

    /// <summary>Renders what is asked for until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await waiting.Reader.WaitToReadAsync(stopping))
        {
            while (waiting.Reader.TryRead(out var order))
            {
                if (order.IsAbandoned)
                {
                    continue;
                }

                var began = time.GetTimestamp();
                await AnswerAsync(order, stopping);
                var took = time.GetElapsedTime(began);
                await Task.Delay(took < limits.PauseLongest ? took : limits.PauseLongest, time, stopping);
            }
        }
    }

    private async Task AnswerAsync(PastOrder order, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(limits.Within, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        PageBytes? page = null;
        try
        {
            page = kept.Find(order.Path, order.At, order.Eyes) ?? await RenderAsync(order, over.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The way so far is kept; whoever asks again gets further.
        }
        catch (JournalFailedException)
        {
            // It is being opened; the present page says so where it lasts.
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogFault(order.Path, order.At, fault);
        }
        finally
        {
            order.Complete(page);
        }
    }

    private async Task<PageBytes> RenderAsync(PastOrder order, CancellationToken cancellation)
    {
        var isSettled = order.At < time.GetUtcNow() - limits.SettledAfter;
        var world = await worlds.AtAsync(journal(), order.At, cancellation);
        var view = new AudienceView(order.Eyes.Audience, Today() ?? world.World);
        var shown = view.Of(world.World);
        var brief = new Brief(shown, order.At)
        {
            WhoIsTold = view.GetsAll(world.World) ? PublicFacts.WithTold(shown, world.World) : shown,
            Position = world.Position,
            IsPast = true,
            Audience = order.Eyes.Audience,
            IsClosed = view.IsClosed || !world.World.OpensPage(order.Eyes.Audience),
        };
        var plan = Plans(brief).FirstOrDefault(plan => plan.Path == order.Path)
            ?? Plans(brief).First(plan => plan.Path == "/404");
        var rendition = await plan.Render(brief, cancellation)
            ?? throw new InvalidOperationException($"{plan.Path} was planned, but its renderer knows no such page.");
        var page = PageBytes.OfPast(rendition, order.At, isSettled);
        if (isSettled)
        {
            // Under what holds now: who asked may have come by a page from a moment ago.
            kept.Keep(order.Path, order.At, order.Eyes with { Gate = view.Gate(view.Today) }, page);
        }

        return page;
    }
}

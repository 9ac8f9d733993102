using Candor.Pages.Serving;
using Candor.Testing;
using Candor.Tests.Access;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Pages;

/// <summary>Nobody keeps the thread that answers by asking again before the answer is out.</summary>
public sealed class TurnsTests
{
    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly DefaultHttpContext context = new();
    private readonly List<bool> onPool = [];
    private readonly List<bool> whileAsking = [];

    [ThreadStatic]
    private static bool isAsking;

    private readonly RequestDelegate serve;

    public TurnsTests()
    {
        context.Features.Set(new Turns(time));
        serve = Turns.Taking(_ =>
        {
            onPool.Add(Thread.CurrentThread.IsThreadPoolThread);
            whileAsking.Add(isAsking);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task After_a_few_that_were_asked_at_once_it_is_the_others_turn()
    {
        await OnASocketsThread(() => serve(context), Turns.InARow);

        Assert.Equal([.. Enumerable.Repeat(false, Turns.InARow - 1), true], onPool);
    }

    [Fact]
    public async Task Whoever_waits_for_answers_is_answered_where_it_is_heard()
    {
        await OnASocketsThread(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                return serve(context);
            },
            Turns.InARow * 10);

        Assert.DoesNotContain(true, onPool);
    }

    [Fact]
    public async Task On_the_pool_it_is_the_others_turn_after_each()
    {
        await OnASocketsThread(() => serve(context), Turns.InARow);
        await Task.Run(
            async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    isAsking = true;
                    var serving = serve(context);
                    isAsking = false;
                    await serving;
                }
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(Turns.InARow + 3, onPool.Count);
        Assert.DoesNotContain(true, whileAsking);
    }

    [Fact]
    public async Task Without_a_connection_that_counts_nothing_is_put_off()
    {
        var other = new DefaultHttpContext();
        await OnASocketsThread(() => serve(other), Turns.InARow * 2);

        Assert.DoesNotContain(true, onPool);
    }

    /// <summary>As a thread of the platform's sockets would ask, one request after the other.</summary>
    private static Task OnASocketsThread(Func<Task> ask, int times)
    {
        var last = Task.CompletedTask;
        var thread = new Thread(() =>
        {
            for (var i = 0; i < times && last.IsCompleted; i++)
            {
                last = ask();
            }
        });
        thread.Start();
        thread.Join();
        return last;
    }
}

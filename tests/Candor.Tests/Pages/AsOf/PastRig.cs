using System.Text;
using Candor.Pages;
using Candor.Pages.AsOf;
using Candor.Pages.Audiences;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Pages.AsOf;

/// <summary>A time machine over a journal that the test writes.</summary>
internal sealed class PastRig : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public PastRig(PastLimits? limits = null, Func<Brief, IEnumerable<PagePlan>>? plans = null)
    {
        Pages = new(() => Facts, Time, limits ?? PastLimits.Default, NullLogger<PastPages>.Instance);
        Pages = plans is null ? Pages : new(() => Facts, Time, limits ?? PastLimits.Default, NullLogger<PastPages>.Instance) { Plans = plans };
    }

    public ManualTimeProvider Time { get; } = new(MadeUpWorld.Start.AddYears(1));

    public StoredFacts Facts { get; } = new();

    public PastPages Pages { get; }

    public PastRig Started()
    {
        running = Pages.RunAsync(stopping.Token);
        return this;
    }

    public async Task<PageBytes?> AskAsync(string path, DateTimeOffset at) =>
        Pages.Kept(path, at, Eyes.Everybody) is { } kept ? kept
            : Pages.Order(path, at, Eyes.Everybody) is { } order ? await Pages.WaitAsync(order, TestContext.Current.CancellationToken)
            : null;

    public async Task<string> ReadAsync(string path, DateTimeOffset at)
    {
        var page = await AskAsync(path, at);
        Assert.NotNull(page);
        return Encoding.UTF8.GetString(page.Identity.Bytes.Span);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.False(running.IsFaulted, running.Exception?.ToString());
        stopping.Dispose();
    }
}

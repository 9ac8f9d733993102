using Candor.Effects;
using Microsoft.Extensions.Logging;

namespace Candor.Watching;

/// <summary>
/// The dead-man's switch: tells others, again and again, that this Candor works, so that they can say when it does not. Calls
/// only while there is a page to serve, nothing is wrong that readers should know of, and something could just be made durable.
/// A call that nobody hears is tried again soon, and said to operators.
/// </summary>
/// <param name="works">Whether there is a page to serve.</param>
/// <param name="prove">Makes something durable; false where that is not possible.</param>
internal sealed partial class AliveCalls(
    HttpMessageInvoker http, Func<bool> works, Func<CancellationToken, ValueTask<bool>> prove, SelfLog self, TimeProvider time, ILogger<AliveCalls> logger)
{
    private const string Problem = "alive";

    /// <summary>One lost call is nothing to tell people of.</summary>
    private const int SaidAfter = 2;

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookIdle = TimeSpan.FromSeconds(5);

    private volatile AlivePlan plan = AlivePlan.Nothing;
    private volatile List<AliveAnswer> answers = [];

    /// <summary>How the last calls went; empty where nobody is to be told.</summary>
    public IReadOnlyList<AliveAnswer> Answers => answers;

    /// <summary>Why nobody was told the last time, in a sentence; null where they were.</summary>
    public string? Held { get; private set; }

    /// <summary>Others from now on.</summary>
    public void Configure(AlivePlan said) => plan = said;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var began = time.GetTimestamp();
            var now = plan;
            await CallAsync(now, stopping);
            var failures = answers.Count == 0 ? 0 : answers.Max(static answer => answer.Failures);
            var isSoon = Held is not null || failures is > 0 and < 4;
            await PauseAsync(now, (isSoon && AgainAfter < now.Every ? AgainAfter : now.Every) - time.GetElapsedTime(began), stopping);
        }
    }

    /// <summary>One round of calls, where this Candor works.</summary>
    internal async Task CallAsync(AlivePlan now, CancellationToken stopping)
    {
        if (now.Tell.IsEmpty)
        {
            (answers, Held) = ([], null);
            self.Clear(Problem);
            return;
        }

        var before = Held;
        Held = await HeldAsync(stopping);
        if (Held is not null)
        {
            if (Held != before)
            {
                LogHeld(Held);
            }

            return;
        }

        var known = answers.ToDictionary(static answer => answer.Name);
        var after = new List<AliveAnswer>();
        foreach (var (name, call) in now.Tell.Select(one => (one.Name, Call: TellAsync(one, stopping))).ToList())
        {
            var trouble = await call;
            after.Add(new(name, trouble, trouble is null ? 0 : known.GetValueOrDefault(name)?.Failures + 1 ?? 1));
        }

        answers = after;
        var unheard = after.Where(static answer => answer.Failures >= SaidAfter).ToList();
        self.Set(
            Problem, Gravity.Private,
            unheard.Count == 0 ? null : $"Whoever should notice when Candor falls silent cannot be told that it works: {unheard.Count} of {after.Count}.",
            string.Join(" ", unheard.Select(static answer => $"{answer.Name}: {answer.Trouble}.")));
    }

    private async Task<string?> HeldAsync(CancellationToken stopping)
    {
        if (!works())
        {
            return "there is no page to serve yet";
        }

        if (self.Problems.FirstOrDefault(static problem => problem.Gravity == Gravity.Public) is { } wrong)
        {
            return wrong.Sentence;
        }

        return await prove(stopping) ? null : "nothing can be made durable at the moment";
    }

    /// <summary>Null where it was heard; else why not, without the address, which is a permission.</summary>
    private async Task<string?> TellAsync(AliveAddress to, CancellationToken stopping)
    {
        if (to.Read() is not { } text)
        {
            return "the environment does not have it";
        }

        if (WebAddress.Read(text, out var fault) is not { } address)
        {
            // What is wrong with a text that is no address is told by quoting it; this one is a secret.
            return fault.Contains(text, StringComparison.Ordinal) ? "it holds no web address" : fault;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(AnswersWithin);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("User-Agent", "Candor (is alive)");
            using var answer = await http.SendAsync(request, patience.Token);
            return answer.IsSuccessStatusCode ? null : $"it is answered with {(int)answer.StatusCode}";
        }
        catch (Exception trouble) when (!stopping.IsCancellationRequested
            && trouble is HttpRequestException or IOException or OperationCanceledException or EgressForbiddenException)
        {
            return trouble is OperationCanceledException ? $"nothing answers within {AnswersWithin.TotalSeconds:0} s" : trouble.Message;
        }
    }

    /// <summary>Ends early where others are to be told.</summary>
    private async Task PauseAsync(AlivePlan now, TimeSpan pause, CancellationToken stopping)
    {
        var until = time.GetTimestamp();
        do
        {
            var left = pause - time.GetElapsedTime(until);
            await Task.Delay(left < TimeSpan.Zero ? TimeSpan.Zero : left < LookIdle ? left : LookIdle, time, stopping);
        }
        while (ReferenceEquals(now, plan) && time.GetElapsedTime(until) < pause);
    }

    [LoggerMessage(LogLevel.Information, "Nobody is told that Candor is alive: {Reason}")]
    private partial void LogHeld(string reason);
}

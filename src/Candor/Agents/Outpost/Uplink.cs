using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Journal;
using Candor.Probing;
using Microsoft.Extensions.Logging;

namespace Candor.Agents.Outpost;

/// <summary>
/// Tells the core what this place sees, oldest first, one chunk at a time:
/// 1. what waits on the disk, else what was seen since; 2. a chunk is forgotten once the core says that it has it; 3. where the
/// core does not answer, the chunk and all that follows go to the disk; 4. whatever the core wants done comes with its answers.
/// A chunk that was cut off in the middle is sent again under its number, so the core takes it once.
/// </summary>
internal sealed class Uplink(Identity identity, CoreLine line, Spool spool, PlanFile plans, Readings readings, AgentMeans means) : IDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ToDiskEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SilenceToldFor = TimeSpan.FromHours(1);

    private readonly ECDsa key = identity.OpenKey();
    private readonly Wakeup wakeup = new(means.Time);
    private Chunk? underWay;
    private (long AtMs, TimeSpan Steady)? core;
    private TimeSpan? reportedAt;
    private TimeSpan storedAt;
    private DateTimeOffset? silentSince;
    private TimeSpan? answersSince;
    private string words = "";
    private string? plan;
    private int failures;

    /// <summary>Does what the core wants done.</summary>
    public required Action<Plan> Follow { get; init; }

    /// <summary>Random, of this process.</summary>
    public required string Run { get; init; }

    /// <summary>Something looks bad, which should be known at once.</summary>
    public void Soon() => wakeup.Now();

    /// <summary>Goes on with what the core asked for last, whether or not it can be asked now.</summary>
    public void Resume()
    {
        var (kept, trouble) = plans.Load();
        if (trouble is not null)
        {
            words = trouble;
            UplinkLog.NotResumed(means.Logger, trouble);
        }

        if (kept is not null)
        {
            UplinkLog.Resumed(means.Logger, kept.Checks.Count);
            Follow(kept);
            plan = kept.Id;
        }
    }

    /// <summary>Runs until cancelled; returns only when the core has put this agent out, and says so.</summary>
    public async Task<Refusal> RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (await TurnAsync(stopping) is { } last)
            {
                return last;
            }

            await wakeup.PauseAsync(Pause(), stopping);
        }
    }

    /// <summary>Puts everything that was not sent onto the disk, for the next start.</summary>
    public void Store()
    {
        if (underWay is { } cut)
        {
            spool.Add(cut);
            underWay = null;
        }

        while (readings.Seal(spool.NextNumber) is { } chunk)
        {
            spool.Add(chunk);
        }
    }

    public void Dispose()
    {
        wakeup.Dispose();
        key.Dispose();
    }

    private TimeSpan Now => Moment.Now(means.Time).Steady;

    /// <summary>None while more waits than one chunk holds: a place may see more in a second than that.</summary>
    internal TimeSpan Pause()
    {
        if (failures > 0)
        {
            var longest = FirstPause * Math.Pow(2, Math.Min(failures - 1, 6));
            longest = longest < LongestPause ? longest : LongestPause;

            // Half of it is certain, half is jitter: agents that were cut off together do not come back in step.
            return longest * (0.5 + (means.Randomness.NextDouble() / 2));
        }

        return spool.Count > 0 || underWay is not null || readings.Count >= ReportLimits.ReadingsMax ? TimeSpan.Zero : ReportEvery;
    }

    /// <summary>Tells the core once; a refusal where it has put this agent out.</summary>
    internal async Task<Refusal?> TurnAsync(CancellationToken stopping)
    {
        underWay ??= spool.Count == 0 ? readings.Seal(spool.NextNumber) : null;
        var chunk = underWay ?? spool.Oldest();
        if (chunk is null && failures == 0 && Now - reportedAt < AtLeastEvery)
        {
            return null;
        }

        var answer = await line.ReportAsync(identity.Place!, key, () => Write(chunk), Heard, stopping);
        return answer switch
        {
            { Said: { } said } => Took(said, chunk),
            { Refusal: { Code: "agent.revoked" } last } => PutOut(last),
            { Refusal: { } refusal } => NotTaken(refusal, chunk),
            _ => Silent(answer.Silence!),
        };
    }

    private byte[] Write(Chunk? chunk)
    {
        var now = Moment.Now(means.Time);
        var report = new Report(
            Run, now.Wall.ToUnixTimeMilliseconds(), (long)now.Steady.TotalMilliseconds,
            core is var (at, steady) ? at + (long)(now.Steady - steady).TotalMilliseconds : now.Wall.ToUnixTimeMilliseconds())
        {
            Version = means.Version,
            Plan = plan,
            Waiting = spool.Count,
            Dropped = spool.Dropped + ((readings.Dropped + ReportLimits.ReadingsMax - 1) / ReportLimits.ReadingsMax),
            Words = words.Length > 0 ? words : null,
            Chunk = chunk,
        };
        return JsonSerializer.SerializeToUtf8Bytes(report, AgentJson.Default.Report);
    }

    private void Heard(long coreMs) => core = (coreMs, Now);

    private Refusal? Took(ReportView said, Chunk? chunk)
    {
        Heard(said.AtMs);
        (reportedAt, failures) = (Now, 0);
        if (silentSince is { } since)
        {
            words = string.Create(CultureInfo.InvariantCulture, $"The core did not answer from {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {means.Time.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; what was seen meanwhile follows.");
            UplinkLog.Answers(means.Logger, spool.Count);
            (silentSince, answersSince) = (null, Now);
        }
        else if (Now - answersSince > SilenceToldFor)
        {
            (words, answersSince) = ("", null);
        }

        if (said.Plan is { } wanted)
        {
            UplinkLog.Planned(means.Logger, wanted.Checks.Count);
            Follow(wanted);
            plan = wanted.Id;
            if (!plans.Keep(wanted))
            {
                UplinkLog.PlanNotKept(means.Logger);
            }
        }

        Forget(chunk, said.Accepted);
        return null;
    }

    private void Forget(Chunk? chunk, long accepted)
    {
        if (accepted > (chunk?.Number ?? spool.Given))
        {
            Renumber(accepted);
        }

        underWay = underWay?.Number <= accepted ? null : underWay;
        spool.Done(accepted);
        if (chunk is not null && chunk.Number > accepted)
        {
            // A core that answers and keeps nothing would be told the same for ever.
            UplinkLog.NotKept(means.Logger, chunk.Number, accepted);
        }
    }

    /// <summary>Nothing is looked at any more from here, and the secrets of what was go too.</summary>
    private Refusal PutOut(Refusal last)
    {
        plans.Forget();
        return last;
    }

    /// <summary>
    /// Numbers go up and one chunk is sent at a time, so what the core has above this one it has from a life of this agent
    /// that the disk forgot; what this process saw is none of that.
    /// </summary>
    private void Renumber(long accepted)
    {
        var again = spool.Renumber(Run, accepted);
        if (underWay?.Number <= accepted)
        {
            underWay = underWay with { Number = spool.NextNumber() };
            again++;
        }

        if (again > 0)
        {
            UplinkLog.Behind(means.Logger, accepted, again);
        }
    }

    /// <summary>A chunk that the core will never take is given up and counted; any other refusal may pass.</summary>
    private Refusal? NotTaken(Refusal refusal, Chunk? chunk)
    {
        words = refusal.Sentence;
        UplinkLog.Refused(means.Logger, refusal.Sentence);
        if (chunk is not null && refusal.Code is "agent.report" or "agent.too_many" or "agent.unreadable" or "body.too_large")
        {
            underWay = null;
            spool.GiveUp(chunk!.Number);
        }

        return Silent(refusal.Sentence);
    }

    private Refusal? Silent(string why)
    {
        failures++;
        if (silentSince is null)
        {
            silentSince = means.Time.GetUtcNow();
            UplinkLog.Silent(means.Logger, why);
        }

        if (underWay is not null || readings.Count >= ReportLimits.ReadingsMax || Now - storedAt > ToDiskEvery)
        {
            Store();
            storedAt = Now;
        }

        return null;
    }
}

/// <summary>What an agent's loops need of the world.</summary>
internal sealed record AgentMeans(TimeProvider Time, IRandomness Randomness, ILogger Logger, string Version);

using System.Text;
using System.Text.Json;
using Candor.Effects;
using Candor.Judging;
using Candor.Probing.Http;
using Candor.State;

namespace Candor.Probing.WriteRead;

/// <summary>
/// Writes a value that nobody has written before, and reads until it comes back. What came back before the newest write that
/// was taken began is old, whatever the clocks say; what was never seen before may be another place's write that came between,
/// so it is written once more before anything is said, and nothing is said where that does not end.
/// </summary>
internal sealed class WriteReadProbe : IProbe
{
    private const string ReadingFailed = "reading back failed: ";
    private const int WritesMax = 5;
    private const int KnownMax = 64;

    /// <summary>The last reading needs a moment too: what it says is worth more than that the time was up.</summary>
    private const double Most = 0.9;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly WriteReadCheck check;
    private readonly ProbeTools tools;
    private readonly JsonPath? path;

    /// <summary>Values that stood there, or were taken, before the write under way began.</summary>
    private readonly Queue<string> known = new();

    /// <summary>Values that have been read, or were taken, since it began.</summary>
    private readonly List<string> seen = [];

    private WriteReadProbe(WriteReadCheck check, ProbeTools tools)
    {
        (this.check, this.tools) = (check, tools);
        path = check.Back.Json is { } written ? JsonPath.Read(written) ?? throw new JsonException(written) : null;
    }

    private enum Answer
    {
        /// <summary>It came back.</summary>
        Came,

        /// <summary>Only values that are older than the write.</summary>
        Older,

        /// <summary>A value that was never seen before, and not the one that was written.</summary>
        Other,

        /// <summary>None at all.</summary>
        Nothing,

        /// <summary>It could not be read.</summary>
        Failed,
    }

    public static IProbe Open(WriteReadCheck check, ProbeTools tools)
    {
        // The rules for requests hold from the beginning, as they do for one that is only read.
        _ = HttpProbe.Open(check.Writing(WrittenValue.Example), tools);
        _ = HttpProbe.Open(check.Reading(WrittenValue.Example), tools);
        return new WriteReadProbe(check, tools);
    }

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, LookAsync, cancellation);

    private async ValueTask<Finding> LookAsync(Attempt attempt)
    {
        var mine = new List<string>();
        while (true)
        {
            Forget();
            mine.Add(WrittenValue.New(tools.Randomness));
            if (await WriteAsync(mine[^1], attempt) is { Reading: not Reading.Good } refused)
            {
                return refused;
            }

            seen.Add(mine[^1]);
            var began = attempt.Elapsed;
            var (answer, finding) = await ReadUntilAsync(mine, attempt);
            if (answer != Answer.Other)
            {
                return answer == Answer.Came ? Came(attempt, began) : finding;
            }

            // The others look as often as this one does: not all of them again at the same time.
            var pause = FirstPause * mine.Count * (1 + tools.Randomness.NextDouble());
            if (mine.Count == WritesMax || attempt.Elapsed + pause > attempt.Timeout * Most)
            {
                return finding;
            }

            await PauseAsync(pause, attempt);
        }
    }

    /// <summary>What was seen until now is older than what is written next.</summary>
    private void Forget()
    {
        foreach (var value in seen)
        {
            known.Enqueue(value);
        }

        seen.Clear();
        while (known.Count > KnownMax)
        {
            known.Dequeue();
        }
    }

    private async ValueTask<Finding> WriteAsync(string value, Attempt attempt)
    {
        var request = check.Writing(value);
        var expectation = new HttpExpectation(request);
        var probe = new HttpProbe(request, tools, (response, looking) => expectation.JudgeAsync(response, looking.Token));
        attempt.Enter("write", Layers.WritingFailed);
        return attempt.InHalf(await AskAsync(probe, attempt));
    }

    private async ValueTask<(Answer Answer, Finding Finding)> ReadUntilAsync(List<string> mine, Attempt attempt)
    {
        var within = check.Back.Within ?? ReadBack.UsualWithin;
        var most = attempt.Timeout * Most;
        var began = attempt.Elapsed;
        var until = began + within < most || began > most ? began + within : most;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var (answer, finding) = await ReadAsync(mine, until - began, attempt);
            var left = until - attempt.Elapsed;
            if (answer is Answer.Came or Answer.Other || finding.Reading == Reading.None || left <= TimeSpan.Zero)
            {
                return (answer, finding);
            }

            await PauseAsync(pause < left ? pause : left, attempt);
        }
    }

    private async ValueTask<(Answer Answer, Finding Finding)> ReadAsync(List<string> mine, TimeSpan within, Attempt attempt)
    {
        var answer = Answer.Failed;
        var request = check.Reading(mine[^1]);
        var status = new HttpExpectation(request);
        var probe = new HttpProbe(request, tools, async (response, looking) =>
        {
            if (!response.IsSuccessStatusCode)
            {
                return await status.JudgeAsync(response, looking.Token);
            }

            var body = await BoundedBody.ReadAsync(response.Content, HttpExpectation.BodyBytesMax, looking.Token);
            (answer, var finding) = Judge(body, mine, within);
            return finding;
        });
        attempt.Enter("read", ReadingFailed);
        var read = await AskAsync(probe, attempt);
        return (answer, answer == Answer.Failed ? attempt.InHalf(read) : read);
    }

    private (Answer Answer, Finding Finding) Judge(ReadOnlyMemory<byte> body, List<string> mine, TimeSpan within)
    {
        string? text;
        try
        {
            text = path is null ? Encoding.UTF8.GetString(body.Span) : JsonPath.Find(body, path);
        }
        catch (JsonException)
        {
            return (Answer.Failed, Finding.Bad("body is not JSON, or nested too deeply"));
        }

        text ??= "";
        var holds = check.Back.Body ?? WrittenValue.Placeholder;
        if (mine.Exists(value => text.Contains(holds.Replace(WrittenValue.Placeholder, value, StringComparison.Ordinal), StringComparison.Ordinal)))
        {
            return (Answer.Came, Finding.Good);
        }

        // The own one without the text that must be around it has not come.
        var found = WrittenValue.In(text).Except(mine, StringComparer.Ordinal).ToList();
        seen.AddRange(found.Where(value => !seen.Contains(value)));
        return found.Count == 0
            ? (Answer.Nothing, Finding.Bad($"what was written did not come back within {Explain.Seconds(within)}"))
            : found.All(known.Contains)
                ? (Answer.Older, Finding.Bad("read an older value: a cache or a stale replica answered"))
                : (Answer.Other, Finding.None("what comes back is what somebody else wrote in between; it needs an address where fewer write"));
    }

    /// <summary>One half; what goes wrong in it is a finding, so that a read may be tried again. Only the time's end is thrown.</summary>
    private static async ValueTask<Finding> AskAsync(HttpProbe probe, Attempt attempt)
    {
        try
        {
            return await probe.FollowAsync(attempt);
        }
        catch (Exception e) when (!attempt.Token.IsCancellationRequested && Explain.Of(e, attempt) is { } finding)
        {
            return finding;
        }
        finally
        {
            // The numbers of each request of a look are not what the look measured.
            attempt.Measurements.Clear();
        }
    }

    private async ValueTask PauseAsync(TimeSpan pause, Attempt attempt)
    {
        attempt.Enter("", ReadingFailed);
        attempt.Begin("wait");

        // A timer cuts off what is less than a millisecond, and would come back so often before the time is up.
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), tools.Time, attempt.Token);
    }

    private Finding Came(Attempt attempt, TimeSpan began)
    {
        attempt.Measurements.Add(new("came_back_after", (attempt.Elapsed - began).TotalSeconds, "s"));
        return check.Within is { } within && attempt.Elapsed is var took && took > within
            ? Finding.Slow($"came back after {Explain.Seconds(took)}, expected within {Explain.Seconds(within)}")
            : Finding.Good;
    }
}

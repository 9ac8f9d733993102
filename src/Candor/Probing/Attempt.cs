using System.Collections.Immutable;
using Candor.Judging;

namespace Candor.Probing;

/// <summary>One look under way: its deadline, its phases so far, and what it is doing now.</summary>
internal sealed class Attempt
{
    public const string Dns = "dns";
    public const string Connect = "connect";
    public const string Tls = "tls";
    public const string FirstByte = "first_byte";
    public const string Body = "body";

    private readonly TimeProvider time;
    private readonly long began;
    private readonly ImmutableArray<Phase>.Builder phases = ImmutableArray.CreateBuilder<Phase>(5);
    private long phaseBegan;

    private Attempt(TimeProvider time, TimeSpan timeout, CancellationToken token)
    {
        (this.time, Timeout, Token) = (time, timeout, token);
        began = phaseBegan = time.GetTimestamp();
    }

    public TimeSpan Timeout { get; }

    public TimeProvider Time => time;

    /// <summary>Cancelled at the deadline, or when Candor stops.</summary>
    public CancellationToken Token { get; }

    /// <summary>The phase that is going on.</summary>
    public string Doing { get; private set; } = "";

    /// <summary>Which half of the look goes on, where it has two: it stands before the names of its phases.</summary>
    private string half = "";

    private string failed = "";

    public TimeSpan Elapsed => time.GetElapsedTime(began);

    public ImmutableArray<Measurement>.Builder Measurements { get; } = ImmutableArray.CreateBuilder<Measurement>();

    /// <summary>Runs a look to its end or its deadline and turns every outcome into a finding.</summary>
    public static async ValueTask<Finding> RunAsync(
        TimeProvider time, TimeSpan timeout, Func<Attempt, ValueTask<Finding>> look, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var attempt = new Attempt(time, timeout, both.Token);
        try
        {
            return attempt.Finished(await look(attempt));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Explain.Of(e, attempt) is { } finding)
        {
            return attempt.Finished(attempt.InHalf(finding));
        }
    }

    /// <summary>Ends the phase before and begins a half of the look.</summary>
    /// <param name="name">What its phases begin with; empty between the halves.</param>
    /// <param name="words">What to say before the reason where it fails: "writing failed: ".</param>
    public void Enter(string name, string words)
    {
        Close();
        (Doing, half, failed) = ("", name, words);
    }

    /// <summary>A failure, said with the half that it ended.</summary>
    public Finding InHalf(Finding finding) =>
        finding.Reading == Reading.Bad ? finding with { Reason = failed + finding.Reason } : finding;

    /// <summary>Ends the phase before and begins this one. A phase met again (another redirect) adds to itself.</summary>
    public void Begin(string phase)
    {
        Close();
        Doing = phase;
    }

    private Finding Finished(Finding finding)
    {
        Close();
        return finding with
        {
            Took = Elapsed,
            Phases = phases.ToImmutable(),
            Measurements = Measurements.Count == 0 ? finding.Measurements : Measurements.ToImmutable(),
        };
    }

    private void Close()
    {
        var now = time.GetTimestamp();
        var took = time.GetElapsedTime(phaseBegan, now);
        phaseBegan = now;
        if (Doing.Length == 0)
        {
            return;
        }

        var name = half.Length == 0 ? Doing : $"{half}_{Doing}";
        for (var i = 0; i < phases.Count; i++)
        {
            if (phases[i].Name == name)
            {
                phases[i] = new(name, phases[i].Took + took);
                return;
            }
        }

        phases.Add(new(name, took));
    }
}

using System.Security.Cryptography;
using System.Text;
using Candor.Effects;
using Candor.Settings.Forms;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Drills.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Hash">Of everything that was stored and shown; the same for the same seed, or something is not deterministic.</param>
/// <param name="Broken">The invariants that did not hold, in sentences.</param>
internal sealed record RunOutcome(ulong Seed, string Hash, IReadOnlyList<string> Broken, int Events, long Steps, Script Script)
{
    /// <summary>Every fact with the true time of its write.</summary>
    public IReadOnlyList<string> Story { get; init; } = [];
}

/// <summary>One simulated run: a world, a node, everything that the seed has in store for them, and the questions afterwards.</summary>
internal sealed class Run
{
    private static readonly TimeSpan AnInstant = TimeSpan.FromMilliseconds(1);

    private readonly Machine machine;
    private readonly Script script;
    private readonly SeededRandomness random;
    private readonly List<string> broken = [];

    private Run(Machine machine, Script script, SeededRandomness random) =>
        (this.machine, this.script, this.random) = (machine, script, random);

    public static RunOutcome Of(ulong seed, TimeSpan length)
    {
        var before = SynchronizationContext.Current;
        var thread = new VirtualThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            var source = new SeededRandomness(seed);
            var plot = Script.From(source.Fork(), length);
            using var computer = new Machine(plot, source.Fork(), thread, PageEqualsFold.Front(seed));
            return new Run(computer, plot, source.Fork()).Play(seed);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private RunOutcome Play(ulong seed)
    {
        var began = machine.Thread.Now;
        machine.Start();
        foreach (var (at, act) in Acts())
        {
            machine.Thread.RunUntil(began + at.Ticks);
            act();
        }

        machine.Thread.RunUntil(began + script.Length.Ticks);
        Check();
        return new(seed, Hash(), broken, (int)machine.Journal.Head.Position.Value, machine.Thread.Steps, script)
        {
            Story = [.. machine.Ledger.Journal.Select(stored =>
                $"{stored.At:hh\\:mm\\:ss\\.fff} {stored.Event.Kind} {Encoding.UTF8.GetString(stored.Event.Body.Span)}")],
        };
    }

    private void Check()
    {
        try
        {
            broken.AddRange(new Invariants(script, machine).Check());
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            broken.Add($"Asking what must hold failed: {fault}");
        }
    }

    /// <summary>What happens to the node, in order. A crash within a crash is one crash.</summary>
    private List<(TimeSpan At, Action Act)> Acts()
    {
        var acts = new List<(TimeSpan At, Action Act)>();
        foreach (var fault in script.Faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.Crash:
                    acts.Add((fault.From, machine.Crash));
                    acts.Add((fault.Until, StartAgain));
                    break;
                case FaultKind.Restart:
                    acts.Add((fault.From, StopInOrder));
                    acts.Add((fault.Until, StartAgain));
                    break;
                case FaultKind.ClockJumps:
                    acts.Add((fault.From, () => machine.Time.Jump += fault.Jump));
                    break;
                case FaultKind.SettingsEdited:
                    acts.Add((fault.From, Edit));
                    break;
                case FaultKind.SettingsCut:
                    acts.Add((fault.From, () => machine.WriteSettings(script.Outline!.Write(fault.Cut.What, fault.Cut.Service))));
                    acts.Add((fault.Until, () => machine.WriteSettings(script.Settings)));
                    break;
                case FaultKind.JournalFails:
                    acts.Add((fault.Until - AnInstant, () => IsNotCalledWell(fault)));
                    break;
                case FaultKind.PersonPosts:
                    acts.Add((fault.From, Post));
                    break;
            }
        }

        return [.. acts.OrderBy(act => act.At)];
    }

    /// <summary>A journal that failed is not called well again as long as it would fail again, whether or not anybody writes.</summary>
    private void IsNotCalledWell(Fault fault)
    {
        if (machine.Node is { HasWorks: true, Works.Journal.Condition.Phase: Journal.JournalPhase.Running }
            && machine.Ledger.WriteFailedAt > fault.From && machine.Ledger.WriteFailedAt > machine.StartedAt)
        {
            broken.Add($"{machine.Time.Elapsed}: the journal is called well although a write failed at {machine.Ledger.WriteFailedAt} and any other would.");
        }
    }

    private void StartAgain()
    {
        if (machine.Node is null)
        {
            machine.Start();
        }
    }

    private void StopInOrder()
    {
        if (machine.Node is not null && !machine.Stop())
        {
            broken.Add("A node that was asked to stop did not end within a minute.");
        }
    }

    private void Edit() => machine.WriteSettings(random.Int(0, 3) switch
    {
        0 => script.Settings.Replace("Simulated", "Edited", StringComparison.Ordinal),
        1 => script.Settings + "nonsense: true\n",
        _ => script.Settings + "# a remark\n",
    });

    private void Post()
    {
        if (machine.Node is { HasWorks: true } node)
        {
            // Awaited by nobody, as a person's browser would not be: what counts is what it was told.
            _ = PostAsync(node, $"Words of a person, number {random.Int(1, 1_000_000)}.");
        }
    }

    private async Task PostAsync(Node.Node node, string body)
    {
        var id = new IncidentId(random.NextId());
        try
        {
            var outcome = await node.Works.Journal.CommitAsync(
                world => world.OpenIncidents.OrderBy(incident => incident.Value, StringComparer.Ordinal).FirstOrDefault() is { Value: { } } open
                    ? IncidentDecisions.Post(world, machine.Time.GetUtcNow(), Actor.Shell, open, new(null, body, []))
                    : IncidentDecisions.Open(world, machine.Time.GetUtcNow(), Actor.Shell, id, new("A person's", body, IncidentStatus.Investigating, [])),
                CancellationToken.None);
            if (outcome.Accepted)
            {
                machine.Ledger.Acknowledged.Add((outcome.Position, body));
            }
        }
        catch (Journal.JournalFailedException)
        {
            // Told that it was not kept; nothing is promised.
        }
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(machine.Journal.Head.Hash.ToArray());
        if (machine.Node is { } node)
        {
            foreach (var (_, page) in node.Publisher.Edition.Front.OrderBy(page => page.Key, StringComparer.Ordinal))
            {
                hash.AppendData(page.Identity.Bytes.Span);
            }
        }

        hash.AppendData(BitConverter.GetBytes(machine.Thread.Steps));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

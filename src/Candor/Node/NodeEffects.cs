using System.Net;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Journal;
using Candor.Notices;
using Candor.Samples;
using Candor.Settings;

namespace Candor.Node;

/// <summary>Everything a node touches that is not itself. The real ones come from <c>candor serve</c>, others from the simulator.</summary>
internal sealed record NodeEffects(TimeProvider Time, IRandomness Randomness, IDisk Disk, INetwork Network)
{
    /// <summary>Opens the journal's store; called again after each failure.</summary>
    public required Func<CancellationToken, ValueTask<IJournalStore>> OpenJournal { get; init; }

    /// <summary>Opens the store of the samples; called again after each failure.</summary>
    public required Func<CancellationToken, ValueTask<ISampleStore>> OpenSamples { get; init; }

    /// <summary>Null where commands may not be run.</summary>
    public IProcesses? Processes { get; init; }

    /// <summary>What <c>$NAME</c> in the settings stands for.</summary>
    public Func<string, string?> Secrets { get; init; } = static _ => null;

    /// <summary>The machine's resolvers and hosts file.</summary>
    public Func<ResolverFiles> Names { get; init; } = static () => ResolverFiles.Empty;

    /// <summary>The machine's default gateways.</summary>
    public Func<IReadOnlyList<IPAddress>> Gateways { get; init; } = static () => [];

    /// <summary>Where pages are rendered; null: where the loop that renders them happens to be, as in the simulator's single thread.</summary>
    public LowPriorityThreads? Rendering { get; init; }

    /// <summary>Changes how readers are let in.</summary>
    public Action<ServingSettings> Serve { get; init; } = static _ => { };

    /// <summary>What telling people takes; null where nobody is told, as in the simulator of the node.</summary>
    public OfficeEffects? Office { get; init; }

    /// <summary>Changes who is let in to what is not for everybody.</summary>
    public Action<Declaration> Admit { get; init; } = static _ => { };

    /// <summary>Replaces the restricted networks (CIDR) that may be contacted.</summary>
    public Action<IReadOnlyList<string>> Allow { get; init; } = static _ => { };
}

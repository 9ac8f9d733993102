using System.Collections.Immutable;
using System.Net;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Intake.Statuspage;

/// <summary>Addresses of subscribers, which this room asks for and does not keep: they lie sealed beside the journal.</summary>
internal sealed record V1Contacts
{
    /// <summary>Nobody can be reached and nobody entered.</summary>
    public static readonly V1Contacts None = new();

    private static readonly Refusal NotKept = new("notices.starting", "This server keeps no addresses of subscribers at the moment. Try again later.");

    /// <summary>As it is shown: a secret one is cut short. Null where it was erased, or cannot be opened.</summary>
    public Func<SubscriberId, string?> AddressOf { get; init; } = static _ => null;

    /// <summary>To look for and to compare, and never answered.</summary>
    public Func<SubscriberId, string?> WholeAddressOf { get; init; } = static _ => null;

    /// <summary>A stranger asks: the address gets a link. Too many are told how long to wait.</summary>
    public Func<V1Entry, IPAddress?, CancellationToken, Task<(Refusal? Refusal, TimeSpan? Wait)>> AskAsync { get; init; } =
        static (_, _, _) => Task.FromResult(((Refusal?)NotKept, (TimeSpan?)null));

    /// <summary>The link is sent again, by an operator's word.</summary>
    public Func<SubscriberId, Actor, CancellationToken, Task<Refusal?>> AskAgainAsync { get; init; } = static (_, _, _) => Task.FromResult<Refusal?>(NotKept);

    /// <summary>Whoever has the link of a message ends its subscription. The kind of channel, or null where no link of this name leads anywhere.</summary>
    public Func<string, CancellationToken, Task<(string? Channel, Refusal? Refusal)>> LeaveAsync { get; init; } =
        static (_, _) => Task.FromResult(((string?)null, (Refusal?)NotKept));

    /// <summary>Stores the address, then the fact. The same address on the same channel is one subscriber, however often it comes.</summary>
    public Func<V1Entry, CancellationToken, Task<V1Entered>> EnterAsync { get; init; } = static (_, _) => Task.FromResult(new V1Entered(default, null, NotKept));
}

/// <summary>Who asks to be told, through a token.</summary>
internal sealed record V1Entry(string Channel, string Address, ImmutableArray<ComponentId> Components, Actor By)
{
    /// <summary>They are to be told of this one; null: of the page, or of the components.</summary>
    public IncidentId? Incident { get; init; }
}

/// <param name="SigningKey">Where it is new: what the receiver checks signatures with.</param>
internal readonly record struct V1Entered(SubscriberId Id, string? SigningKey, Refusal? Refusal);

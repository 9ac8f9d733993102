using Candor.Access;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Notices.Queue;
using Candor.Notices.Subscribers;

namespace Candor.Notices;

/// <summary>What the post office touches of the world.</summary>
internal sealed record OfficeEffects(TimeProvider Time, IRandomness Randomness)
{
    public required Func<string, CancellationToken, ValueTask<IQueueStore>> OpenQueue { get; init; }

    public required Func<CancellationToken, ValueTask<IContactStore>> OpenContacts { get; init; }

    /// <summary>Seals addresses with the master key. Throws <see cref="IOException"/> where there is none to be read.</summary>
    public required Func<SecretBox> Secrets { get; init; }

    public required Func<string, IPipedProcess> StartChannel { get; init; }
}

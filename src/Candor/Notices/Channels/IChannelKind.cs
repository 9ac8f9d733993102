using Candor.Journal;

namespace Candor.Notices.Channels;

/// <summary>A kind of channel: its name, its clock, how its addresses are read, and how one is opened. One folder, one line in <see cref="ChannelKinds"/>.</summary>
internal interface IChannelKind
{
    /// <summary>"email", "webhook": in settings, file names, commands and metrics.</summary>
    string Name { get; }

    ChannelTiming Timing { get; }

    /// <summary>It cannot be opened before the owner has said something about it in the settings.</summary>
    bool NeedsSettings => true;

    /// <summary>
    /// Readers may enter an address by themselves. Not where each message costs the owner, or where an address that a stranger
    /// can guess is somebody else's telephone, chat or pager: there an operator enters it.
    /// </summary>
    bool IsOpenToReaders => true;

    /// <summary>
    /// A message goes to the very host that the address names, not to a server of the settings: what strangers have entered is
    /// then reached by a channel of its own, which gets out to public networks only.
    /// </summary>
    bool ConnectsToAddresses => true;

    /// <summary>The address as it is kept and compared, or why it is none, with the remedy.</summary>
    (string? Address, Refusal? Refusal) ReadAddress(string text);

    /// <summary>Who answers for the address: the host of a webhook, the domain of a mail. Budgets and breakers are kept by it.</summary>
    string DestinationOf(string address);

    /// <summary>It answers for so many people that a few requests for it mean nothing: a mail domain, a chat that everybody uses, a browser's push service.</summary>
    bool IsForMany(string destination) => false;

    IChannel Open(ChannelSettings settings, ChannelTools tools);
}

using System.Collections.Immutable;
using System.Net;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary>Readers who see more than everybody, and how they come in. The name alone becomes a fact; the ways are about secrets and places.</summary>
internal sealed record AudienceSettings(string Name)
{
    public ImmutableArray<IPNetwork> Addresses { get; init; } = [];

    /// <summary>People with a password of their own, invited by a link.</summary>
    public bool Members { get; init; }

    /// <summary>Links that let in once.</summary>
    public bool Links { get; init; }

    /// <summary>A password that all of them share.</summary>
    public Secret? Password { get; init; }
}

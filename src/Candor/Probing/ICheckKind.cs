using Candor.Settings;

namespace Candor.Probing;

/// <summary>A type of probe: reads its part of the settings, and opens checks that were read once.</summary>
internal interface ICheckKind : ICheckReader
{
    /// <summary>A probe for options that this kind wrote. Throws <see cref="System.Text.Json.JsonException"/> for any others.</summary>
    IProbe Open(string options, ProbeTools tools);

    /// <summary>The names of the secrets that such a check needs. Throws as <see cref="Open"/> does.</summary>
    IEnumerable<string> SecretsOf(string options);
}

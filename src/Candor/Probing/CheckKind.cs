using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Probing;

/// <summary>
/// A kind out of its four parts: the key, the reader, the stored form of the options, the probe. The stored form is made when
/// an option of the kind is first read or written: a start waits for none of them.
/// </summary>
internal sealed class CheckKind<T>(
    string key, Func<Entry, Faults, T?> read, Func<JsonTypeInfo<T>> json, Func<T, ProbeTools, IProbe> open) : ICheckKind
    where T : class, ICheckOptions
{
    public string Key => key;

    public bool JudgesItself { get; init; }

    public Check? Read(Entry monitor, Faults faults) => read(monitor, faults) is { } options
        ? new Check(key, options.Target, JsonSerializer.Serialize(options, json())) { Front = options.Front, Behind = options.Behind }
        : null;

    public IProbe Open(string options, ProbeTools tools) => open(OptionsOf(options), tools);

    public IEnumerable<string> SecretsOf(string options) => OptionsOf(options).MayNameSecrets
        .SelectMany(static text => text is not null && Secret.Read(text, out var secret) is null ? secret!.Names : [])
        .Distinct(StringComparer.Ordinal);

    private T OptionsOf(string options) =>
        JsonSerializer.Deserialize(options, json()) ?? throw new JsonException($"{key} has no options");
}

/// <summary>What every kind's options can say.</summary>
internal interface ICheckOptions
{
    /// <summary>What is looked at, for people: an address or a name, without passwords or tokens.</summary>
    string Target { get; }

    /// <summary>Texts that may name secrets: an agent is given those, and no others.</summary>
    IEnumerable<string?> MayNameSecrets => [];

    /// <summary>The address that it reads as readers do, so that a cache may answer.</summary>
    string? Front => null;

    /// <summary>The address that it reads past every cache, or of which it shows in another way that the origin works.</summary>
    string? Behind => null;
}

internal static class StoredLists
{
    /// <summary>A list that was left out of the stored form is read as none at all; to everybody else it is empty.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> list) => list.IsDefault ? [] : list;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>Ids are small types so that one cannot be passed for another; in JSON they are bare strings.</summary>
internal interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>12 lower-case letters and digits, derived from the explicit id or the path of names, so a file applied twice means the same component.</summary>
[JsonConverter(typeof(IdConverter<ComponentId>))]
internal readonly record struct ComponentId(string Value) : IId<ComponentId>
{
    public static ComponentId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>The key of a monitor in the settings.</summary>
[JsonConverter(typeof(IdConverter<MonitorId>))]
internal readonly record struct MonitorId(string Value) : IId<MonitorId>
{
    public static MonitorId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>The name of a place that probes. The built-in one is <see cref="Local"/>.</summary>
[JsonConverter(typeof(IdConverter<VantageId>))]
internal readonly record struct VantageId(string Value) : IId<VantageId>
{
    public static readonly VantageId Local = new("local");

    public static VantageId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>12 lower-case letters and digits, random.</summary>
[JsonConverter(typeof(IdConverter<IncidentId>))]
internal readonly record struct IncidentId(string Value) : IId<IncidentId>
{
    public static IncidentId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>12 lower-case letters and digits, derived from the page that was imported, so that importing it again means the same.</summary>
[JsonConverter(typeof(IdConverter<ImportId>))]
internal readonly record struct ImportId(string Value) : IId<ImportId>
{
    public static ImportId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>12 lower-case letters and digits: random, or derived from the series and its wall clock.</summary>
[JsonConverter(typeof(IdConverter<MaintenanceId>))]
internal readonly record struct MaintenanceId(string Value) : IId<MaintenanceId>
{
    public static MaintenanceId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>12 lower-case letters and digits, random.</summary>
[JsonConverter(typeof(IdConverter<SeriesId>))]
internal readonly record struct SeriesId(string Value) : IId<SeriesId>
{
    public static SeriesId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>12 lower-case letters and digits, random; unique within its incident.</summary>
[JsonConverter(typeof(IdConverter<ActionItemId>))]
internal readonly record struct ActionItemId(string Value) : IId<ActionItemId>
{
    public static ActionItemId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>12 lower-case letters and digits, random.</summary>
[JsonConverter(typeof(IdConverter<TemplateId>))]
internal readonly record struct TemplateId(string Value) : IId<TemplateId>
{
    public static TemplateId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

internal sealed class IdConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException("An id is a string, not null."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using Candor.Settings.Entries;

namespace Candor.Importing.Reading;

/// <summary>
/// YAML behind the same caps as the settings (no anchors, tags, second document, or key given twice), turned into JSON so
/// that one kind of tolerant reading serves both.
/// </summary>
internal static class SourceYaml
{
    public static (SourceValue Value, string? Fault) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static (SourceValue Value, string? Fault) Read(ReadOnlyMemory<byte> bytes)
    {
        var faults = new Faults();
        if (Yaml.Read(bytes, faults) is not { } root)
        {
            return (default, faults.Sorted() is [var first, ..] ? $"cannot be read: {first}" : "is empty");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(root, json);
        }

        return (SourceJson.Inner(Encoding.UTF8.GetString(buffer.WrittenSpan)), faults.Sorted() is [var fault, ..] ? $"was read in part: {fault}" : null);
    }

    private static void Write(Entry entry, Utf8JsonWriter json)
    {
        switch (entry.Shape)
        {
            case Shape.Text: json.WriteStringValue(entry.Text); break;
            case Shape.Empty: json.WriteNullValue(); break;
            case Shape.List:
                json.WriteStartArray();
                foreach (var item in entry.Items(new Faults()))
                {
                    Write(item, json);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                foreach (var member in entry.Peek())
                {
                    json.WritePropertyName(member.Key);
                    Write(member.Entry, json);
                }

                json.WriteEndObject();
                break;
        }
    }
}

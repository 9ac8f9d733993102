using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Notices.Channels;

namespace Candor.Notices.Workers;

/// <summary>
/// An answer as a list: its key, how long it took and, where there is one, the members of its handover. By hand, because the
/// core reads one for each notice of a crowd, and what a serializer makes on its way into an object in an object is more than
/// all that the answer says.
/// </summary>
internal sealed class AnswerConverter : JsonConverter<WorkerAnswered>
{
    public override WorkerAnswered Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var key = Text(ref reader) ?? throw new JsonException("An answer to nothing.");
        var took = Span(ref reader);
        Handover? handover = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            handover = Handover(ref reader);
            reader.Read();
        }

        return reader.TokenType == JsonTokenType.EndArray ? new(key, handover, took) : throw new JsonException("More than an answer has.");
    }

    public override void Write(Utf8JsonWriter writer, WorkerAnswered value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Key);
        Write(writer, value.Took);
        if (value.Handover is { } handover)
        {
            writer.WriteNumberValue((int)handover.End);
            writer.WriteNumberValue((int)handover.Blame);
            writer.WriteStringValue(handover.Reason);
            writer.WriteStringValue(handover.Said);
            Write(writer, handover.RetryAfter);
            writer.WriteBooleanValue(handover.Stress);
            writer.WriteBooleanValue(handover.Removes);
            writer.WriteBooleanValue(handover.MayBeOwn);
            writer.WriteBooleanValue(handover.Ambiguous);
            writer.WriteStringValue(handover.Receipt);
        }

        writer.WriteEndArray();
    }

    /// <summary>In the order in which they were written.</summary>
    private static Handover Handover(ref Utf8JsonReader reader) => new()
    {
        End = (HandoverEnd)reader.GetInt32(),
        Blame = (Blame)Number(ref reader),
        Reason = Text(ref reader) ?? "",
        Said = Text(ref reader) ?? "",
        RetryAfter = Span(ref reader),
        Stress = Flag(ref reader),
        Removes = Flag(ref reader),
        MayBeOwn = Flag(ref reader),
        Ambiguous = Flag(ref reader),
        Receipt = Text(ref reader),
    };

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt32();
    }

    private static bool Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetBoolean();
    }

    private static TimeSpan? Span(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : TimeSpan.FromTicks(reader.GetInt64());
    }

    private static void Write(Utf8JsonWriter writer, TimeSpan? span)
    {
        if (span is { } some)
        {
            writer.WriteNumberValue(some.Ticks);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

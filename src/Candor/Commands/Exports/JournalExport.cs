using System.Text.Json;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.State;

namespace Candor.Commands.Exports;

/// <summary>Writes every fact of a journal as a line of JSON: all that a page is made of, and nothing else.</summary>
internal static class JournalExport
{
    private const int Page = 1024;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Takes no lock and writes nothing into the folder, so a server may be running.</summary>
    public static async Task<ExportHeader> WriteAsync(string folder, Stream to, Action<long, long> reported, CancellationToken cancellation)
    {
        using var database = Database.OpenReader(OfflineJournal.FileIn(folder));
        using var reader = new EventReader(database);
        var head = new Position(database.Number("SELECT position FROM head WHERE only = 1;"));
        var seal = head == Position.Start ? ChainHash.Genesis : reader.Read(new(head.Value - 1), 1, head)[0].Hash;
        var header = new ExportHeader(ExportHeader.Name, ExportHeader.Newest, PageName(reader, head), head.Value, seal.ToString());
        await LineAsync(to, JsonSerializer.SerializeToUtf8Bytes(header, ExportJson.Default.ExportHeader), cancellation);
        var at = Position.Start;
        while (reader.Read(at, Page, head) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                await LineAsync(to, Line(stored), cancellation);
            }

            at = page[^1].Position;
            reported(at.Value, head.Value);
        }

        return header;
    }

    private static string PageName(EventReader reader, Position head)
    {
        var (name, at) = (Candor.State.Page.Unconfigured.Name, Position.Start);
        while (reader.Read(at, Page, head) is { Count: > 0 } page)
        {
            foreach (var stored in page.Where(stored => stored.Kind == "page.configured"))
            {
                name = Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt) is PageConfigured configured ? configured.Page.Name : name;
            }

            at = page[^1].Position;
        }

        return name;
    }

    /// <summary>The body byte for byte, so that the seal holds after the way back.</summary>
    private static byte[] Line(Envelope stored)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("kind", stored.Kind);
            json.WriteString("occurred_at", stored.OccurredAt);
            json.WriteString("arrived_at", stored.ArrivedAt);
            json.WriteString("committed_at", stored.CommittedAt);
            json.WritePropertyName("body");
            json.WriteRawValue(stored.Body.Span);
            json.WriteEndObject();
        }

        return line.ToArray();
    }

    private static async Task LineAsync(Stream to, byte[] line, CancellationToken cancellation)
    {
        await to.WriteAsync(line, cancellation);
        await to.WriteAsync(NewLine, cancellation);
    }
}

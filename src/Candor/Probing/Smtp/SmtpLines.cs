using System.Globalization;
using System.Text;

namespace Candor.Probing.Smtp;

/// <summary>Replies of an SMTP server, line by line, within limits.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private const int LineBytesMax = 4_096;
    private const int LinesMax = 100;
    private readonly byte[] buffer = new byte[LineBytesMax];
    private int start;
    private int end;

    /// <summary>Bytes that arrived beyond the last reply. Before TLS there must be none: they would count as said inside it.</summary>
    public bool HasMore => start < end;

    /// <summary>A whole reply: its code and its lines without code.</summary>
    public async ValueTask<(int Code, List<string> Lines)> ReplyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (lines.Count < LinesMax)
        {
            var line = await LineAsync(cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new InvalidDataException("not an SMTP reply");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return (code, lines);
            }
        }

        throw new InvalidDataException("an SMTP reply without end");
    }

    public ValueTask SayAsync(string line, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellation);

    private async ValueTask<string> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.ASCII.GetString(buffer, start, length).TrimEnd('\r');
                start += length + 1;
                return line;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                throw new InvalidDataException("an SMTP line without end");
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read > 0 ? read : throw new EndOfStreamException();
        }
    }
}

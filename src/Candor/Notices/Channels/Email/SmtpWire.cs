using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>Lines to and from a server, read strictly and within limits.</summary>
internal sealed class SmtpWire(Stream stream)
{
    private const int LineBytesMax = 2_048;
    private const int LinesMax = 64;
    private readonly byte[] buffer = new byte[LineBytesMax];
    private int start;
    private int end;

    /// <summary>Bytes that nobody asked for. Before TLS they would count as said inside it; before a command, as its answer.</summary>
    public bool HasMore => start < end;

    /// <summary>A whole reply; its lines without the code, where asked for.</summary>
    public async ValueTask<SmtpReply> ReplyAsync(List<string>? lines, CancellationToken cancellation)
    {
        var (text, first) = (new StringBuilder(), 0);
        for (var count = 0; count < LinesMax; count++)
        {
            var line = await LineAsync(cancellation);
            var code = Code(line);
            first = first == 0 ? code : first;
            if (code != first)
            {
                throw new InvalidDataException("the code changed within a reply");
            }

            var words = line.Length > 4 ? line[4..] : "";
            lines?.Add(words);
            text.Append(text.Length > 0 ? " " : "").Append(words);
            if (line.Length == 3 || line[3] == ' ')
            {
                return new(code, text.ToString());
            }
        }

        throw new InvalidDataException("a reply without end");
    }

    public async ValueTask SayAsync(string line, CancellationToken cancellation)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            throw new ArgumentException("A command is one line.", nameof(line));
        }

        await SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellation);
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (HasMore)
        {
            throw new InvalidDataException("it answered before it was asked");
        }

        await stream.WriteAsync(bytes, cancellation);
        await stream.FlushAsync(cancellation);
    }

    private static int Code(string line) =>
        line.Length >= 3 && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])
        && (line.Length == 3 || line[3] is ' ' or '-')
            ? ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0'
            : throw new InvalidDataException("no SMTP reply");

    private async ValueTask<string> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                // A lone LF ends lines for some and not for others; who sends one is not to be relied upon.
                if (length == 0 || buffer[start + length - 1] != '\r')
                {
                    throw new InvalidDataException("a line without CR LF");
                }

                var line = Encoding.UTF8.GetString(buffer, start, length - 1);
                start += length + 1;
                return line;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                throw new InvalidDataException("a line without end");
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read > 0 ? read : throw new EndOfStreamException();
        }
    }
}

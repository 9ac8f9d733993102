using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Candor.Commands.Drills.Rig;

/// <summary>How the mail server of a drill behaves.</summary>
internal enum MailMood
{
    Well,

    /// <summary>Takes connections and says nothing.</summary>
    Stalled,

    /// <summary>Sends everybody away for now.</summary>
    Busy,
}

/// <summary>A mail that was taken.</summary>
internal sealed record TakenMail(string Recipient, string MessageId, string Subject, DateTimeOffset At)
{
    /// <summary>It says that it comes late.</summary>
    public bool IsMarkedLate { get; init; }

    /// <summary>Where its reader leaves by one click, or nothing.</summary>
    public string Leave { get; init; } = "";
}

/// <summary>A mail server that behaves as it is told and keeps what it took. Speaks as much of SMTP as Candor's own client needs.</summary>
internal sealed class MailSink(TimeProvider time)
{
    private const int LineBytesMax = 64 * 1024;
    private volatile MailMood mood;

    public ConcurrentQueue<TakenMail> Mails { get; } = new();

    /// <summary>Asked for each recipient, before the answer.</summary>
    public Action<string> Asked { get; set; } = static _ => { };

    /// <summary>How much it takes in a second; null where that is no matter.</summary>
    public SinkCapacity? Capacity { get; set; }

    public MailMood Mood
    {
        get => mood;
        set => mood = value;
    }

    public async Task ServeAsync(ConnectionContext connection, CancellationToken closed)
    {
        try
        {
            await TalkAsync(connection.Transport, closed);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or ConnectionResetException)
        {
            // The other side went, which is what a drill does to it.
        }
    }

    private async Task TalkAsync(IDuplexPipe pipe, CancellationToken closed)
    {
        await WhileStalledAsync(closed);
        if (mood == MailMood.Busy)
        {
            await SayAsync(pipe, "421 4.3.2 busy, come again later", closed);
            return;
        }

        await SayAsync(pipe, "220 drill ESMTP", closed);
        var (recipient, isTooMuch) = ("", false);
        while (await ReadAsync(pipe.Input, closed) is { } line)
        {
            await WhileStalledAsync(closed);
            if (mood == MailMood.Busy)
            {
                await SayAsync(pipe, "421 4.3.2 busy, come again later", closed);
                return;
            }

            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(pipe, "250-drill\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES", closed);
                    break;
                case "MAIL":
                    isTooMuch = Capacity?.TryTake() == false;
                    await SayAsync(pipe, isTooMuch ? "450 4.7.1 too much mail, more slowly please" : "250 2.1.0 ok", closed);
                    break;
                case "RCPT" or "DATA" when isTooMuch:
                    await SayAsync(pipe, "503 5.5.1 MAIL first", closed);
                    break;
                case "RCPT":
                    recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.LastIndexOf('>')];
                    Asked(recipient);
                    await SayAsync(pipe, "250 2.1.5 ok", closed);
                    break;
                case "DATA":
                    await SayAsync(pipe, "354 go on", closed);
                    if (await TakeAsync(pipe.Input, recipient, closed) is not { } mail)
                    {
                        return;
                    }

                    Mails.Enqueue(mail);
                    await SayAsync(pipe, "250 2.0.0 taken", closed);
                    break;
                case "QUIT":
                    await SayAsync(pipe, "221 2.0.0 bye", closed);
                    return;
                default:
                    await SayAsync(pipe, "250 2.0.0 ok", closed);
                    break;
            }
        }
    }

    private async Task WhileStalledAsync(CancellationToken closed)
    {
        while (mood == MailMood.Stalled)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, closed);
        }
    }

    private async Task<TakenMail?> TakeAsync(PipeReader input, string recipient, CancellationToken closed)
    {
        var (id, subject, leave, isHeader, isLate) = ("", "", "", true, false);
        while (await ReadAsync(input, closed) is { } line)
        {
            if (line == ".")
            {
                return new(recipient, id, subject, time.GetUtcNow()) { IsMarkedLate = isLate, Leave = leave };
            }

            isHeader &= line.Length > 0;
            id = isHeader && line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase) ? line[11..].Trim() : id;
            subject = isHeader && line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase) ? line[8..].Trim() : subject;
            leave = isHeader && line.StartsWith("List-Unsubscribe:", StringComparison.OrdinalIgnoreCase) ? line[17..].Trim() : leave;
            isLate |= !isHeader && line.Contains("This reaches you late.", StringComparison.Ordinal);
        }

        return null;
    }

    private static async Task SayAsync(IDuplexPipe pipe, string line, CancellationToken closed) =>
        await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), closed);

    private static async ValueTask<string?> ReadAsync(PipeReader input, CancellationToken closed)
    {
        while (true)
        {
            var read = await input.ReadAsync(closed);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                input.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted || read.Buffer.Length > LineBytesMax)
            {
                return null;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Candor.Tests.Contracts;

/// <summary>
/// A mail server on the loopback address that behaves unless a test says otherwise: a test answers a command itself,
/// lets it hang, or hangs up.
/// </summary>
internal sealed class SmtpStub : IAsyncDisposable
{
    /// <summary>No answer, ever.</summary>
    public const string Stall = "\0stall";

    /// <summary>The end of the connection instead of an answer.</summary>
    public const string HangUp = "\0hang up";

    /// <summary>The answer to STARTTLS: "go ahead", and then no handshake.</summary>
    public const string NoHandshake = "\0no handshake";

    private readonly LocalListener listener;
    private readonly X509Certificate2? certificate;

    public SmtpStub(X509Certificate2? certificate = null, bool implicitTls = false)
    {
        this.certificate = certificate;
        listener = new(implicitTls ? LocalListener.Tls(certificate!, ServeAsync) : ServeAsync);
    }

    public int Port => listener.Port;

    public int Connections => listener.Connections;

    /// <summary>Lines of the answer to EHLO after the first.</summary>
    public string[] Features { get; set; } = ["PIPELINING", "SIZE 10000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];

    /// <summary>The answer to a command ("" is the greeting, "." a mail's end), or null for the usual one.</summary>
    public Func<string, string?> Answer { get; set; } = static _ => null;

    /// <summary>Every command of every connection, in order.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Mails that were accepted, dots taken off.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>Ends when the first command was reached that hangs.</summary>
    public TaskCompletionSource Stalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync() => await listener.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken cancellation)
    {
        if (await SayAsync(stream, "", "220 stub ESMTP", cancellation))
        {
            await ConverseAsync(stream, isSecure: false, cancellation);
        }
    }

    private async Task ConverseAsync(Stream stream, bool isSecure, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, false, 4_096, leaveOpen: true);
        while (await LineAsync(reader, cancellation) is { } command)
        {
            Commands.Enqueue(command);
            var verb = command.Split(' ')[0].ToUpperInvariant();
            if (verb == "STARTTLS" && Answer(command) == NoHandshake)
            {
                await WriteAsync(stream, "220 go ahead\r\n", cancellation);
                _ = await stream.ReadAsync(new byte[1], cancellation);
                await WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\n\r\n", cancellation);
                return;
            }

            if (verb == "STARTTLS" && !isSecure && Answer(command) is null)
            {
                await WriteAsync(stream, "220 go ahead\r\n", cancellation);
                await LocalListener.Tls(certificate!, (secure, stop) => ConverseAsync(secure, isSecure: true, stop))(stream, cancellation);
                return;
            }

            if (!await SayAsync(stream, command, Usual(verb, isSecure), cancellation) || verb == "QUIT")
            {
                return;
            }

            if (verb == "DATA" && Answer(command) is null or ['3', ..])
            {
                var mail = await MailAsync(reader, cancellation);
                if (mail is null)
                {
                    return;
                }

                // Counted before it is acknowledged: who reads the acknowledgement looks here next.
                if (Answer(".") is null or ['2', ..])
                {
                    Mails.Enqueue(mail);
                }

                if (!await SayAsync(stream, ".", "250 2.0.0 queued", cancellation))
                {
                    return;
                }
            }
        }
    }

    private string Usual(string verb, bool isSecure) => verb switch
    {
        "EHLO" => string.Join("\r\n", Features.Where(f => !isSecure || f != "STARTTLS").Prepend("stub")
            .Select((line, i) => $"250{(i < Features.Count(f => !isSecure || f != "STARTTLS") ? '-' : ' ')}{line}")),
        "DATA" => "354 go on",
        "AUTH" => "235 2.7.0 welcome",
        "QUIT" => "221 bye",
        _ => "250 2.0.0 ok",
    };

    /// <summary>False: the conversation is over.</summary>
    private async Task<bool> SayAsync(Stream stream, string command, string usual, CancellationToken cancellation)
    {
        var answer = Answer(command) ?? usual;
        if (answer == Stall)
        {
            Stalled.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }

        if (answer != HangUp)
        {
            await WriteAsync(stream, answer.EndsWith('\n') ? answer : answer + "\r\n", cancellation);
        }

        return answer != HangUp && !answer.StartsWith("421", StringComparison.Ordinal);
    }

    private static async Task<string?> MailAsync(StreamReader reader, CancellationToken cancellation)
    {
        var mail = new StringBuilder();
        while (await LineAsync(reader, cancellation) is { } line)
        {
            if (line == ".")
            {
                return mail.ToString();
            }

            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return null;
    }

    private static ValueTask<string?> LineAsync(StreamReader reader, CancellationToken cancellation) => reader.ReadLineAsync(cancellation);

    private static ValueTask WriteAsync(Stream stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
}

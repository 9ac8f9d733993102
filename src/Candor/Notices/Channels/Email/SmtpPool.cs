using Candor.Effects;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// A bounded number of connections to one server, kept for the next mail, given up when they are old, idle or used up.
/// </summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private readonly SmtpServer server;
    private readonly EmailAddress from;
    private readonly SmtpLimits limits;
    private readonly ChannelTools tools;
    private readonly ConnectionPlaces places;
    private readonly Stack<SmtpConnection> idle = new();
    private readonly Lock gate = new();
    private readonly ITimer sweeper;
    private bool closed;

    public SmtpPool(SmtpServer server, EmailAddress from, SmtpLimits limits, ChannelTools tools)
    {
        (this.server, this.from, this.limits, this.tools) = (server, from, limits, tools);
        places = new(limits.ConnectionsMost, tools.Time);
        sweeper = tools.Time.CreateTimer(_ => Sweep(), null, limits.Idle, limits.Idle);
    }

    /// <summary>Connections that lie idle.</summary>
    public int Idle
    {
        get
        {
            lock (gate)
            {
                return idle.Count;
            }
        }
    }

    /// <summary>The server's last word on the mail; the attempt's stage says on what. Throws where there is none.</summary>
    public async Task<SmtpReply> SendAsync(EmailAddress to, byte[] content, SmtpAttempt attempt)
    {
        while (true)
        {
            var kept = Take();
            var connection = kept ?? await SmtpOpening.OpenAsync(server, from.Domain, tools.Network, tools.Time, attempt);
            try
            {
                var reply = await connection.DeliverAsync(from, to, content, attempt);
                if (kept is null || attempt.Stage != SmtpStage.Sender || reply.Code != 421)
                {
                    if (!Keep(connection))
                    {
                        await connection.DisposeAsync();
                    }

                    return reply;
                }

                await connection.DisposeAsync();
            }
            catch (IOException) when (kept is not null && attempt.Stage == SmtpStage.Sender)
            {
                // The server had hung up while the connection lay here. Nothing of this mail was said; a new one tells.
                await connection.DisposeAsync();
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>A place among the connections for a mail to this domain; to be given back.</summary>
    public Task<ConnectionPlace> EnterAsync(string domain, CancellationToken cancellation) => places.EnterAsync(domain, cancellation);

    public void Leave(ConnectionPlace place) => places.Leave(place);

    public async ValueTask DisposeAsync()
    {
        await sweeper.DisposeAsync();
        lock (gate)
        {
            closed = true; // what is on its way now is not kept
        }

        while (Pop() is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private SmtpConnection? Take()
    {
        while (Pop() is { } connection)
        {
            if (tools.Time.GetElapsedTime(connection.IdleSince) < limits.Idle)
            {
                return connection;
            }

            Abandon(connection);
        }

        return null;
    }

    /// <summary>False where it is of no more use.</summary>
    private bool Keep(SmtpConnection connection)
    {
        if (!connection.IsUsable || connection.Mails >= limits.MailsPerConnection
            || tools.Time.GetElapsedTime(connection.OpenedAt) >= limits.Age)
        {
            return false;
        }

        connection.IdleSince = tools.Time.GetTimestamp();
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            idle.Push(connection);
            return true;
        }
    }

    private SmtpConnection? Pop()
    {
        lock (gate)
        {
            return idle.TryPop(out var connection) ? connection : null;
        }
    }

    private void Sweep()
    {
        List<SmtpConnection> old = [];
        lock (gate)
        {
            var kept = idle.Reverse().ToLookup(c => tools.Time.GetElapsedTime(c.IdleSince) < limits.Idle);
            idle.Clear();
            foreach (var connection in kept[true])
            {
                idle.Push(connection);
            }

            old.AddRange(kept[false]);
        }

        old.ForEach(Abandon);
    }

    // Saying goodbye is bounded by a second and fails quietly by itself.
    private static void Abandon(SmtpConnection connection) => _ = connection.DisposeAsync().AsTask();
}

using System.Text.RegularExpressions;
using Candor.Notices.Channels;

namespace Candor.Mirrors.Telling;

/// <summary>How people are told: eight at a time, in rounds until nobody is left, an hour is over or something is in the way for good.</summary>
internal sealed partial class Teller
{
    private const string Somebody = "(somebody)";

    // As the channel says that it did not come as far as a mail server.
    private const string Unnamed = "name";
    private const string Unconnected = "connection";
    private static readonly TimeSpan TriesFor = TimeSpan.FromHours(1);
    internal static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>A publisher that was silent and is heard for so long is back, and mirrors hold what it has sealed since.</summary>
    private static readonly TimeSpan BackFor = TimeSpan.FromMinutes(3);

    private async Task TellAsync(TellingRound round, CancellationToken cancellation)
    {
        var (order, id, pause) = (round.Order, round.Order.Bulletin.Id, FirstPause);
        LogBegun(id, order.List.People.Length);
        round.Start(time.GetTimestamp(), isAnswered: book.CountsOf(id).Told > 0);
        Announce(round);
        while (true)
        {
            round.Begin(order.List.People.Where(person => !book.IsDone(id, person.Leave) && !book.HasLeft(person.Leave) && !round.WasRefused(person)));
            spared = order.List.People.Count(person => !book.IsDone(id, person.Leave) && book.HasLeft(person.Leave));
            await Parallel.ForEachAsync(round.Waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, (person, stop) => TellAsync(round, person, stop));
            if (round is { Trouble: null } or { IsHalted: true } || IsLate(round))
            {
                break;
            }

            await Task.WhenAny(Task.Delay(pause, time, cancellation), round.Stopping);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        End(id, round.Trouble ?? NoteRefused(round));
    }

    private void Announce(TellingRound round)
    {
        try
        {
            book.Announce(round.Order.Bulletin.Id, round.Order.List.People);
        }
        catch (IOException fault)
        {
            round.Halt(NotTaken(fault));
        }
    }

    private bool IsLate(TellingRound round) => time.GetElapsedTime(round.BeganAt) >= TriesFor;

    /// <summary>Why nobody else is told now, though somebody is left; null where it goes on.</summary>
    private string? Ending(TellingRound round)
    {
        var heard = heardFor();
        round.WasSilent |= heard is null;
        return round.Stopped
            ?? (IsLate(round) ? $"Not everybody could be told within {TriesFor.TotalHours:0} h.{(hindrance is { } said ? $" What was in the way last: {said}" : "")}"
            : round.WasSilent && heard >= BackFor ? $"The publisher has been back for {BackFor.TotalMinutes:0} minutes, and knows who has left or was erased since. Post an update there; or go on here, with the contacts that it has sealed since."
            : null);
    }

    /// <summary>What is wrong where nobody was reached and somebody was refused: whether they or we were meant is not known.</summary>
    private string? NoteRefused(TellingRound round)
    {
        var id = round.Order.Bulletin.Id;
        if (book.CountsOf(id).Told == 0 && !round.IsNobodyRefused)
        {
            return $"The mail server refused everybody: {refusals.GetValueOrDefault(id)}";
        }

        try
        {
            foreach (var person in round.TakeRefused())
            {
                book.Note(id, person.Leave, TellingOutcome.Refused);
            }

            return null;
        }
        catch (IOException fault)
        {
            return NotTaken(fault);
        }
    }

    private void End(string bulletin, string? trouble)
    {
        if (trouble is not null)
        {
            troubles[bulletin] = trouble;
        }

        try
        {
            book.Change(bulletin, entry => entry with { IsOver = trouble is null, Spared = spared });
        }
        catch (IOException fault)
        {
            troubles.TryAdd(bulletin, fault.Message);
        }

        var (told, failed, unclear) = book.CountsOf(bulletin);
        LogEnded(bulletin, told, failed, unclear, troubles.GetValueOrDefault(bulletin) ?? "nobody is left");
    }

    private async ValueTask TellAsync(TellingRound round, ContactEntry person, CancellationToken cancellation)
    {
        var id = round.Order.Bulletin.Id;
        if (round.IsHalted || book.HasLeft(person.Leave))
        {
            return;
        }

        if (Ending(round) is { } ending)
        {
            round.Halt(ending);
            return;
        }

        var handover = await SentAsync(round.Order, person, cancellation);
        try
        {
            switch (handover)
            {
                case { End: HandoverEnd.Delivered }:
                    book.Note(id, person.Leave, TellingOutcome.Told);
                    round.IsAnswered = true;
                    foreach (var refused in round.Reach())
                    {
                        book.Note(id, refused.Leave, TellingOutcome.Refused);
                    }

                    break;
                case { End: HandoverEnd.Refused, Blame: Blame.Channel }:
                    round.Halt($"The mail account does not work: {Said(handover, person)}");
                    break;
                case { End: HandoverEnd.Refused }:
                    Refused(round, handover, person);
                    break;
                case { Ambiguous: true }:
                    // Tried once more; then nobody can tell, and a third mail would be worse than none.
                    book.Note(id, person.Leave, TellingOutcome.Unclear);
                    Hinder(round, handover, person);
                    round.Trouble = book.IsDone(id, person.Leave) ? round.Trouble : NotAll(handover, person);
                    break;
                default:
                    Hinder(round, handover, person);
                    round.Trouble = NotAll(handover, person);
                    if (handover.Reason is not (Unnamed or Unconnected))
                    {
                        round.IsAnswered = true;
                    }
                    else if (round.Miss() >= Math.Min(AtOnce, round.Waiting.Count) && !round.IsAnswered)
                    {
                        round.Halt($"The mail server cannot be reached: {Said(handover, person)}");
                    }

                    break;
            }
        }
        catch (IOException fault)
        {
            // Who is told and not noted would be told again by whoever goes on, so nobody else is.
            round.Halt(NotTaken(fault));
        }
    }

    /// <summary>A mail server that has something against us often says so of each recipient, or of the content.</summary>
    private void Refused(TellingRound round, Handover handover, ContactEntry person)
    {
        var words = Words(handover, person);
        round.IsAnswered = true;
        refusals[round.Order.Bulletin.Id] = words;
        if (handover.Removes || round.IsReached)
        {
            book.Note(round.Order.Bulletin.Id, person.Leave, TellingOutcome.Refused);
        }
        else if (round.Refuse(person) >= RefusalsMost)
        {
            round.Halt($"The mail server refused {RefusalsMost} in a row before anybody was reached, so it may mean this mirror and not them: {words}");
        }
    }

    /// <summary>One person whom nobody foresaw is one person who may have been told, and no more.</summary>
    private async Task<Handover> SentAsync(TellingOrder order, ContactEntry person, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(SendWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await order.Voice.Mail.SendAsync(TellingMail.Of(order.Bulletin, order.List, person, order.Voice.Home), both.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogUnforeseen(order.Bulletin.Id, fault.GetType().Name);
            return Handover.Unknown(Blame.Recipient, fault.GetType().Name, "");
        }
    }

    /// <summary>Said while it is tried again, so that nobody waits an hour for a name that was mistyped; each kind once.</summary>
    private void Hinder(TellingRound round, Handover handover, ContactEntry person)
    {
        hindrance = Said(handover, person);
        if (round.IsNew(handover.Reason))
        {
            LogHindered(round.Order.Bulletin.Id, hindrance);
        }
    }

    private static string NotTaken(IOException fault) => $"The mirror's disk does not take who was told: {fault.Message}";

    private static string NotAll(Handover handover, ContactEntry person) => $"The mail server did not take everything within {TriesFor.TotalHours:0} h: {Said(handover, person)}";

    /// <summary>Mail servers repeat in their answer whom they mean; it goes into the log, and no address does.</summary>
    private static string Said(Handover handover, ContactEntry person) => handover.Blame == Blame.Recipient ? handover.Reason : Words(handover, person);

    private static string Words(Handover handover, ContactEntry person)
    {
        var words = Addresses().Replace(handover.Said.Replace(person.Address, Somebody, StringComparison.OrdinalIgnoreCase), Somebody);
        var mailbox = Regex.Escape(person.Address.Split('@')[0]);
        return Regex.Replace(words, $@"(?<!\w){mailbox}(?!\w)", Somebody, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"[^\s<>()""']*@[^\s<>()""']*", RegexOptions.None, 1_000)]
    private static partial Regex Addresses();

    [LoggerMessage(LogLevel.Information, "Bulletin {Bulletin} is told to {People} people by mail.")]
    private partial void LogBegun(string bulletin, int people);

    [LoggerMessage(LogLevel.Information, "Bulletin {Bulletin} was told to {Told} by mail, {Failed} were refused, of {Unclear} it is not known: {Ending}")]
    private partial void LogEnded(string bulletin, int told, int failed, int unclear, string ending);

    [LoggerMessage(LogLevel.Warning, "Nobody else is told of bulletin {Bulletin}: somebody with the emergency key has stopped it.")]
    private partial void LogStopped(string bulletin);

    [LoggerMessage(LogLevel.Warning, "Not everybody can be told of bulletin {Bulletin} at the moment; it is tried again: {Said}")]
    private partial void LogHindered(string bulletin, string said);

    [LoggerMessage(LogLevel.Error, "Somebody may not have been told of bulletin {Bulletin}, which nobody foresaw: {Type}")]
    private partial void LogUnforeseen(string bulletin, string type);
}

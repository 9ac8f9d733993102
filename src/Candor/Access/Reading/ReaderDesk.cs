using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using Candor.Access.Factors;
using Candor.Journal;

namespace Candor.Access.Reading;

/// <summary>Somebody who is let in: by a session, or by where they come from.</summary>
internal sealed record Reader(string Audience, string? Session, IPAddress? Address);

/// <summary>
/// The door for readers of what is not for everybody. Who asks is looked up in memory; every change of people, sessions or
/// settings looks at everybody who is inside again.
/// </summary>
internal sealed class ReaderDesk(Register? register, Reception? reception, TimeProvider time)
{
    public static readonly Refusal Wrong = new("reader.wrong", "That does not let in here. Look at it once more, or ask whoever invited you.");

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);
    private static readonly BrakeRule OfAccount = new(5, TimeSpan.FromMinutes(4));
    private static readonly BrakeRule OfPlace = new(10, TimeSpan.FromMinutes(1));
    private static readonly BrakeRule OfAll = new(200, TimeSpan.FromSeconds(1));

    private readonly ConcurrentDictionary<HttpContext, Reader> inside = new();
    private volatile ReaderDoors doors = ReaderDoors.None;
    private volatile FrozenDictionary<string, string> proofs = FrozenDictionary<string, string>.Empty;

    /// <summary>Replaced whenever the settings say something else; who is no longer let in leaves at once.</summary>
    public ReaderDoors Doors
    {
        get => doors;
        set
        {
            // The old passwords are over before the new ways are there: between the two fewer get in, never more.
            proofs = FrozenDictionary<string, string>.Empty;
            doors = value;
            proofs = reception is null ? proofs : value.All.Where(static door => door.Password is not null)
                .ToFrozenDictionary(static door => door.Audience, ProofOfPassword, StringComparer.Ordinal);
            Review();
        }
    }

    /// <summary>The audience that a request belongs to; null: everybody. Only pages of ours and followed links count.</summary>
    public string? AudienceOf(HttpContext context) => Recognise(context)?.Audience;

    /// <summary>Runs something long and breaks it off once its reader would not be let in any more.</summary>
    public async Task WhileInAsync(HttpContext context, Func<Task> work)
    {
        if (Recognise(context) is not { } reader)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        inside[context] = reader;
        try
        {
            await using var over = LastsFor(reader) is { } left
                ? time.CreateTimer(static aborted => ((HttpContext)aborted!).Abort(), context, left, Timeout.InfiniteTimeSpan)
                : null;

            // What was taken away between the two lines above is seen here.
            if (Holds(reader))
            {
                await work();
            }
        }
        finally
        {
            inside.TryRemove(context, out _);
        }
    }

    /// <summary>Ends what no longer holds.</summary>
    public void Review()
    {
        foreach (var (context, reader) in inside)
        {
            if (!Holds(reader))
            {
                context.Abort();
            }
        }
    }

    /// <summary>By the password that an audience shares, or by a member's own where an address is given. One answer for all that is wrong.</summary>
    public async Task<(ReaderSession? Reader, string Secret, Refusal? Refusal, TimeSpan? Wait)> EnterAsync(
        string email, string password, string place, CancellationToken cancellation)
    {
        var address = email.Trim().Length == 0 ? null : People.Email(email) ?? "?";
        (string, BrakeRule)[] tries = address is null
            ? [($"reader-place:{place}", OfPlace), ("readers", OfAll)]
            : [($"reader:{address}", OfAccount), ($"reader-place:{place}", OfPlace), ("readers", OfAll)];
        if (reception is null || register is null)
        {
            return (null, "", Gate.NoPeople, null);
        }

        if (reception.Brake.Take(tries) is { } wait)
        {
            return TooMany(wait);
        }

        var (found, isBusy) = address is null ? (ByShared(password), false) : await ByMemberAsync(address, password, cancellation);
        if (isBusy)
        {
            return TooMany(Busy);
        }

        if (found is null)
        {
            return (null, "", Wrong, null);
        }

        reception.Brake.GiveBack(tries);
        var (secret, decide) = Readers.Begin(found, time.GetUtcNow(), reception.Randomness);
        var refusal = await register.NoteAsync(decide, cancellation);
        return refusal is null ? (found(Hashes.Of(secret)), secret, null, null) : (null, "", refusal, null);
    }

    /// <summary>A link as long as it can be used; looking uses nothing up.</summary>
    public ReaderLink? LinkBehind(string secret) => register is null ? null : Readers.Good(register.Roster, Hashes.Of(secret), doors, time.GetUtcNow());

    /// <summary>Uses a link up. A link with an address makes a member with a password; the secret of the session comes back.</summary>
    public async Task<(string Secret, Refusal? Refusal)> UseAsync(string link, string password, CancellationToken cancellation)
    {
        if (reception is null || register is null || LinkBehind(link) is not { } good)
        {
            return ("", Readers.UseLink(Roster.Empty, "", doors, new("", "", ReaderWay.Link, default), default).Refusal);
        }

        var now = time.GetUtcNow();
        if (good.Email is not { } email)
        {
            var (secret, session) = Made(hash => new(hash, good.Audience, ReaderWay.Link, now));
            return (secret, await register.CommitAsync(roster => Readers.UseLink(roster, good.Hash, doors, session, now), cancellation));
        }

        if (password.Length is < Passwords.LengthMin or > Passwords.LengthMax)
        {
            return ("", new("password.length", $"Choose a password of {Passwords.LengthMin} to {Passwords.LengthMax} characters.", "password"));
        }

        if (await reception.Passwords.MakeAsync(password, cancellation) is not { } kept)
        {
            return ("", new("sign_in.wait", "Too many are coming in at this moment; send it again in a few seconds."));
        }

        var (own, mine) = Made(hash => new(hash, good.Audience, ReaderWay.Member, now) { Email = email });
        return (own, await register.CommitAsync(
            roster => Readers.Join(roster, good.Hash, doors, new(good.Audience, email, kept, now), mine, now), cancellation));
    }

    public async Task LeaveAsync(string secret, CancellationToken cancellation)
    {
        if (register is not null)
        {
            await register.NoteAsync(roster => Readers.End(roster, Hashes.Of(secret)), cancellation);
        }
    }

    private Func<string, ReaderSession>? ByShared(string password)
    {
        var guess = Hashes.Of(password);
        ReaderDoor? found = null;
        foreach (var door in doors.All)
        {
            // Every audience is compared, so that the time says nothing of which was right.
            found = door.Password is { } shared && Hashes.AreEqual(Hashes.Of(shared), guess) ? found ?? door : found;
        }

        var now = time.GetUtcNow();
        return found is null ? null : hash => new(hash, found.Audience, ReaderWay.Password, now) { Proof = ProofOf(found) };
    }

    /// <summary>
    /// Whoever is a member of several audiences under one address has a password in each, and it says which one is meant. As
    /// many are compared as there are audiences with members, so that the time says nothing of who is a member of what.
    /// </summary>
    private async Task<(Func<string, ReaderSession>? Found, bool IsBusy)> ByMemberAsync(string email, string password, CancellationToken cancellation)
    {
        Member? found = null;
        var isBusy = false;
        foreach (var member in doors.All.Where(static door => door.Members)
            .Select(door => register!.Roster.Members.GetValueOrDefault(Member.KeyOf(door.Audience, email)))
            .DefaultIfEmpty())
        {
            var isTheirs = await reception!.Passwords.VerifyAsync(member?.Password, password, cancellation);
            found ??= isTheirs is true ? member : null;
            isBusy |= isTheirs is null;
        }

        // What was not looked at is not wrong: it says so, whoever asks.
        var now = time.GetUtcNow();
        return (found is null ? null : hash => new(hash, found.Audience, ReaderWay.Member, now) { Email = email }, isBusy && found is null);
    }

    private (string Secret, ReaderSession Session) Made(Func<string, ReaderSession> make)
    {
        var secret = Hashes.NewSecret(reception!.Randomness);
        return (secret, make(Hashes.Of(secret)));
    }

    private Reader? Recognise(HttpContext context)
    {
        var open = doors;
        if (open.All.IsEmpty || !(SameOrigin.IsFollowed(context.Request) || SameOrigin.Holds(context.Request)))
        {
            return null;
        }

        if (register is not null && ReaderCookie.Read(context.Request) is { } secret
            && Readers.Recognise(register.Roster, open, Hashes.Of(secret), time.GetUtcNow(), ProofOf) is { } session)
        {
            return new(session.Audience, session.Hash, null);
        }

        return IsOurName(open.Host, context.Request.Host) && ReaderSource.Of(context, open.Proxies) is { } address && ByAddress(open, address) is { } audience
            ? new(audience, null, address)
            : null;
    }

    private bool Holds(Reader reader) => reader switch
    {
        { Session: { } hash } => register is not null && Readers.Recognise(register.Roster, doors, hash, time.GetUtcNow(), ProofOf) is not null,
        { Address: { } address } => ByAddress(doors, address) == reader.Audience,
        _ => false,
    };

    private TimeSpan? LastsFor(Reader reader) =>
        reader.Session is { } hash && register!.Roster.ReaderSessions.TryGetValue(hash, out var session)
            ? session.StartedAt + ReaderSession.LastsMax - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero
            : null;

    /// <summary>
    /// A name that others point at our address would make a reader's browser fetch for them; an address or our own name cannot
    /// be pointed elsewhere.
    /// </summary>
    private static bool IsOurName(string? own, HostString asked) =>
        own is null || string.Equals(own, asked.Host, StringComparison.OrdinalIgnoreCase)
        || asked.Host is "localhost" || IPAddress.TryParse(asked.Host.Trim('[', ']'), out _);

    private static string? ByAddress(ReaderDoors doors, IPAddress address) =>
        doors.All.FirstOrDefault(door => ReaderSource.IsIn(door.Addresses, address))?.Audience;

    /// <summary>Null where nobody can come in by a password.</summary>
    private string? ProofOf(ReaderDoor door) => proofs.GetValueOrDefault(door.Audience);

    private string ProofOfPassword(ReaderDoor door) => reception!.Box.Fingerprint("audience password", $"{door.Audience}\n{door.Password}");

    private static (ReaderSession?, string, Refusal?, TimeSpan?) TooMany(TimeSpan wait) => (
        null, "", new("sign_in.wait", $"Too many tries. The next one is possible in {Math.Ceiling(wait.TotalSeconds):0} s."), wait);
}

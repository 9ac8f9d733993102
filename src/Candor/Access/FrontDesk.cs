using Candor.Access.Reading;
using Microsoft.Extensions.Logging;

namespace Candor.Access;

/// <summary>Everything at the doors of a running server that knows people: the register, the gate, and who is inside.</summary>
internal sealed class FrontDesk : IAsyncDisposable
{
    private FrontDesk(Register? register, Func<Register, Reception>? open, TimeProvider time, ILogger logger)
    {
        Register = register;
        Reception = register is null ? null : open?.Invoke(register);
        Gate = new(register, Inside, time, logger);
        Addresses = new(register, time, logger);
        Readers = new(register, Reception, time);
        register?.Changed = roster =>
        {
            Inside.Review(roster);
            Readers.Review();
        };
    }

    /// <summary>Null where the list of people cannot be used; then nobody is let in.</summary>
    public Register? Register { get; }

    /// <summary>Where people come in; null where nobody can.</summary>
    public Reception? Reception { get; }

    public Gate Gate { get; }

    public AddressGuard Addresses { get; }

    /// <summary>Who reads what is not for everybody.</summary>
    public ReaderDesk Readers { get; }

    public OpenRequests Inside { get; } = new();

    public static async Task<FrontDesk> OpenAsync(
        Func<ValueTask<IPeopleStore>> openStore, Func<Register, Reception>? open, TimeProvider time, ILogger logger,
        CancellationToken cancellation)
    {
        IPeopleStore? store = null;
        try
        {
            store = await openStore();
            return new(await Register.OpenAsync(store, cancellation), open, time, logger);
        }
        catch (IOException fault)
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }

            GateLog.NoPeople(logger, fault.Message);
            return new(null, null, time, logger);
        }
    }

    public ValueTask DisposeAsync()
    {
        Reception?.Dispose();
        return Register?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

/// <summary>The desk's places in a listener.</summary>
internal static class FrontDeskPlaces
{
    /// <summary>Before everything else.</summary>
    public static IApplicationBuilder UseAddressGuard(this IApplicationBuilder app, FrontDesk desk, string? keysUnder = null) =>
        app.Use(next => context => desk.Addresses.ServeAsync(context, next, keysUnder));

    /// <summary>Behind routing and before the endpoints.</summary>
    public static IApplicationBuilder UseGate(this IApplicationBuilder app, FrontDesk desk) =>
        app.Use(next => context => desk.Gate.ServeAsync(context, next));
}

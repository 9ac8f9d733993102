using System.Globalization;
using Candor.Commands.Drills.Rig;
using Candor.Effects;
using Microsoft.AspNetCore.Http;

namespace Candor.Bench;

/// <summary>
/// The receiving sides of notices, in a process of their own that gives way: in the world they are other machines, and here
/// they must not be what a reader of the page waits for. It prints its ports, and for each number that it reads when the
/// first and the last of so many more came.
/// </summary>
internal static class Receivers
{
    private const int GivesWayBy = 15;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        LibC.GiveWay(GivesWayBy);
        LibC.LeaveAProcessor();
        var (mails, hooks) = (new MailSink(TimeProvider.System), new Hooks());
        await using var sinks = await Sinks.OpenAsync(mails, hooks.TakeAsync, cancellation);
        await Console.Out.WriteLineAsync("ready");
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{sinks.MailPort} {sinks.Hook}"));
        while (await Console.In.ReadLineAsync(cancellation) is { } line)
        {
            var many = int.Parse(line, CultureInfo.InvariantCulture);
            for (var began = TimeProvider.System.GetTimestamp(); mails.Mails.Count + hooks.Count < many && TimeProvider.System.GetElapsedTime(began) < Within;)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
            }

            DateTimeOffset[] came = hooks.Count > 0 ? [hooks.First, hooks.Last] : [.. mails.Mails.Select(static one => one.At).DefaultIfEmpty()];
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{mails.Mails.Count + hooks.Count} {came.Min().UtcTicks} {came.Max().UtcTicks}"));
            mails.Mails.Clear();
            hooks.Clear();
        }

        return 0;
    }

    private sealed class Hooks
    {
        private long first;
        private long last;
        private int count;

        public int Count => Volatile.Read(ref count);

        public DateTimeOffset First => new(Volatile.Read(ref first), TimeSpan.Zero);

        public DateTimeOffset Last => new(Volatile.Read(ref last), TimeSpan.Zero);

        public void Clear()
        {
            Volatile.Write(ref count, 0);
            Volatile.Write(ref first, 0);
        }

        public async Task TakeAsync(HttpContext context)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            var now = TimeProvider.System.GetUtcNow().UtcTicks;
            Interlocked.CompareExchange(ref first, now, 0);
            Volatile.Write(ref last, now);
            Interlocked.Increment(ref count);
        }
    }
}

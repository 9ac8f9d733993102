using System.CommandLine;
using Candor.Commands.Drills.Rig;

namespace Candor.Commands.Drills;

/// <summary><c>candor drill database-down</c>: the store goes away in the middle of telling many.</summary>
internal static class DatabaseDownDrill
{
    /// <summary>What the mail server of the drill takes once it is back: a backlog lasts for most of a minute.</summary>
    private const int SecondsOfMail = 50;

    /// <summary>A rise of the rate would not be seen below, and the whole backlog would be gone in it above.</summary>
    private const double CapacityLeast = 100;

    /// <summary>Later than five minutes, wherever in them the word was said.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(325);

    public static Command Create(Terminal terminal)
    {
        var mails = new Option<int>("--mails") { Description = "Subscribers by mail.", DefaultValueFactory = _ => 10_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long the store is away, each time.", DefaultValueFactory = _ => 30 };
        var real = new Option<bool>("--real") { Description = "The core is away until what waits is later than five minutes." };
        var json = CommonOptions.Json();
        var command = new CandorCommand("database-down", "Take the store away in every way, in the middle of telling many, and measure what was lost and how the backlog goes out.")
        {
            Options = { mails, seconds, real, json },
            Examples =
            [
                ("candor drill database-down", "the whole drill, about five minutes"),
                ("candor drill database-down --real", "long enough for notices that are late, about ten minutes"),
            ],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var log = new DrillLog("database-down", terminal, parsed.GetValue(json));
            var (many, each) = (Math.Clamp(parsed.GetValue(mails), 100, 200_000), TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(seconds), 3, 3_600)));
            var order = new DatabaseDownOrder(many, each, parsed.GetValue(real) && each < Late ? Late : each, Math.Max(CapacityLeast, (double)many / SecondsOfMail));
            return await new DatabaseDown(order, log, terminal).RunAsync(stopping);
        });
        return command;
    }
}

/// <param name="Each">How long each fault lasts.</param>
/// <param name="Killed">How long the core is away.</param>
/// <param name="Capacity">What the mail server takes in a second, once it was away.</param>
internal sealed record DatabaseDownOrder(int Mails, TimeSpan Each, TimeSpan Killed, double Capacity);

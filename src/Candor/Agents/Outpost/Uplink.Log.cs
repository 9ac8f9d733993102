using Microsoft.Extensions.Logging;

namespace Candor.Agents.Outpost;

/// <summary>What an agent tells whoever runs it. Ids 1600 to 1699 belong to this folder.</summary>
internal static partial class UplinkLog
{
    [LoggerMessage(1600, LogLevel.Warning, "The core does not answer ({Why}); what is seen goes to the disk until it does.", EventName = "agent.silent")]
    public static partial void Silent(ILogger logger, string why);

    [LoggerMessage(1601, LogLevel.Information, "The core answers again; {Waiting} chunks follow from the disk.", EventName = "agent.answers")]
    public static partial void Answers(ILogger logger, int waiting);

    [LoggerMessage(1602, LogLevel.Error, "The core refused: {Sentence}", EventName = "agent.refused")]
    public static partial void Refused(ILogger logger, string sentence);

    [LoggerMessage(1603, LogLevel.Warning, "The core answered chunk {Number} and has only up to {Accepted}.", EventName = "agent.not_kept")]
    public static partial void NotKept(ILogger logger, long number, long accepted);

    [LoggerMessage(1604, LogLevel.Information, "A plan with {Checks} checks came from the core.", EventName = "agent.plan")]
    public static partial void Planned(ILogger logger, int checks);

    [LoggerMessage(1605, LogLevel.Information, "Going on with the {Checks} checks that the core asked for last.", EventName = "agent.resumed")]
    public static partial void Resumed(ILogger logger, int checks);

    [LoggerMessage(1606, LogLevel.Warning, "{Trouble}", EventName = "agent.not_resumed")]
    public static partial void NotResumed(ILogger logger, string trouble);

    [LoggerMessage(1607, LogLevel.Warning, "The plan could not be written to the disk: started anew while the core is not there, this agent sees nothing.", EventName = "agent.plan_not_kept")]
    public static partial void PlanNotKept(ILogger logger);

    [LoggerMessage(
        1610, LogLevel.Warning,
        "The core has chunks up to {Accepted} that this agent does not remember: its folder was set back, emptied or full. {Again} chunks are sent under numbers above that.",
        EventName = "agent.behind")]
    public static partial void Behind(ILogger logger, long accepted, int again);
}

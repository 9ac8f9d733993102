using Candor.State;

namespace Candor.Probing.Alert;

/// <summary>A message of a tool that was not taken, in a sentence that names the remedy.</summary>
internal sealed record AlertFault(AlertTool Tool, DateTimeOffset At, string Sentence);

/// <summary>What keeps a tool from being understood, as whoever operates this needs to see it.</summary>
/// <param name="LacksSecret">Its secret is named and not there, so nobody is let in.</param>
internal sealed record AlertStanding(AlertTool Tool, DateTimeOffset? HeardAt, bool LacksSecret);

using Candor.Settings.Plans;

namespace Candor.Commands;

/// <summary>What <c>candor apply --json</c> prints.</summary>
internal sealed record PlanReport(string File, bool Applied, IReadOnlyList<PlanStep> Steps);

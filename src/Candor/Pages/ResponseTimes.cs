using System.Collections.Immutable;

namespace Candor.Pages;

/// <summary>How long a monitor's target took to answer, oldest first, one point per <see cref="Step"/>.</summary>
internal sealed record ResponseTimes(TimeSpan Step, ImmutableArray<ResponsePoint> Points);

/// <summary>What was measured in one step that began at <paramref name="At"/>. A step without answers has no point.</summary>
internal readonly record struct ResponsePoint(DateTimeOffset At, double P5Ms, double P50Ms, double P95Ms, int Count);

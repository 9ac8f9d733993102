namespace Candor.Commands.Doctor;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">A stable name for scripts.</param>
/// <param name="Found">What is the case, for people.</param>
/// <param name="Remedy">What to do where it is not well; else null.</param>
internal sealed record Finding(string Name, Health Health, string Found, string? Remedy = null)
{
    public static Finding Good(string name, string found) => new(name, Health.Good, found);

    public static Finding Warn(string name, string found, string remedy) => new(name, Health.Warning, found, remedy);

    public static Finding Bad(string name, string found, string remedy) => new(name, Health.Bad, found, remedy);
}

internal enum Health
{
    Good,
    Warning,
    Bad,
}

/// <summary>All findings, and the worst of them.</summary>
internal sealed record DoctorReport(Health Worst, IReadOnlyList<Finding> Findings)
{
    public static DoctorReport Of(IReadOnlyList<Finding> findings) => new(findings.Max(finding => finding.Health), findings);
}

namespace Candor.Commands;

/// <summary>Hands what a long task reports to the line on the terminal.</summary>
internal sealed class Relay(Progress progress) : IProgress<(long Done, long Total)>
{
    public void Report((long Done, long Total) value) => progress.Report(value.Done);
}

using Candor.Bench;

// Every static class XBench with RunAsync(CancellationToken) is a bench called "x"; no list has to be kept.
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
return await BenchRun.RunAsync(args, stopping.Token);

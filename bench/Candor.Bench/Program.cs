using Candor.Bench;

// Every static class XBench with RunAsync(CancellationToken) is a bench called "x"; no list has to be kept.
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
return args is ["part", .. var part]
    ? await Part.RunAsync(part, stopping.Token)
    : await BenchRun.RunAsync(args, stopping.Token);

namespace Candor.Commands.Drills.Rig;

/// <summary>Changes one byte of a file that somebody else has open.</summary>
internal static class QueueDamage
{
    public static async Task FlipAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var middle = file.Length / 2;
        var one = new byte[1];
        file.Position = middle;
        await file.ReadExactlyAsync(one, cancellation);
        one[0] ^= 0x55;
        file.Position = middle;
        await file.WriteAsync(one, cancellation);
        await file.FlushAsync(cancellation);
    }
}

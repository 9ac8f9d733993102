namespace Candor.Effects;

/// <summary>
/// Keeps a small file as new as what its owner has in memory: whoever asks while it is written shares the next write. The
/// owner's lock guards what is kept, and it is turned into bytes under it.
/// </summary>
/// <param name="write">The whole content; called under the lock.</param>
internal sealed class SharedSave(IDisk disk, string path, Lock gate, Func<byte[]> write) : IDisposable
{
    private readonly SemaphoreSlim writer = new(1);
    private long changes;
    private long saved;

    /// <summary>Called under the lock, with each change: what to hand to <see cref="SaveAsync"/> once it is let go.</summary>
    public long Changed() => ++changes;

    /// <summary>Durable on return. Throws <see cref="IOException"/> where it could not be stored.</summary>
    public async ValueTask SaveAsync(long mine, CancellationToken cancellation)
    {
        await writer.WaitAsync(cancellation);
        try
        {
            byte[] bytes;
            long covers;
            lock (gate)
            {
                if (saved >= mine)
                {
                    return;
                }

                covers = changes;
                bytes = write();
            }

            disk.Replace(path, bytes);
            lock (gate)
            {
                saved = covers;
            }
        }
        finally
        {
            writer.Release();
        }
    }

    public void Dispose() => writer.Dispose();
}

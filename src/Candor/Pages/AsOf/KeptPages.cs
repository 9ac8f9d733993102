using Candor.Pages.Audiences;

namespace Candor.Pages.AsOf;

/// <summary>Pages of the past that were asked for, the last used first, within a number of bytes. For use from any thread.</summary>
internal sealed class KeptPages(int bytesMax)
{
    /// <summary>What an entry costs besides its bytes.</summary>
    private const int Overhead = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Path, DateTimeOffset At, Eyes Eyes), LinkedListNode<Kept>> byKey = [];
    private readonly LinkedList<Kept> inOrder = new();
    private int bytes;

    /// <summary>Bytes held at this moment.</summary>
    public int Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    public PageBytes? Find(string path, DateTimeOffset at, Eyes eyes)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue((path, at, eyes), out var found))
            {
                return null;
            }

            inOrder.Remove(found);
            inOrder.AddFirst(found);
            return found.Value.Page;
        }
    }

    public void Keep(string path, DateTimeOffset at, Eyes eyes, PageBytes page)
    {
        lock (gate)
        {
            if (byKey.ContainsKey((path, at, eyes)) || page.Weight + Overhead > bytesMax)
            {
                return;
            }

            byKey[(path, at, eyes)] = inOrder.AddFirst(new Kept(path, at, eyes, page));
            bytes += page.Weight + Overhead;
            while (bytes > bytesMax)
            {
                var oldest = inOrder.Last!.Value;
                inOrder.RemoveLast();
                byKey.Remove((oldest.Path, oldest.At, oldest.Eyes));
                bytes -= oldest.Page.Weight + Overhead;
            }
        }
    }

    private sealed record Kept(string Path, DateTimeOffset At, Eyes Eyes, PageBytes Page);
}

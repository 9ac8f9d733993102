namespace Candor.Notices.Channels.Email;

/// <summary>
/// Whether a server that says it does not relay means the recipient or means us. One that takes others' mail means the
/// recipient; one that has taken nobody's yet, or refuses several domains in a row, may lack our login.
/// </summary>
internal sealed class Relaying
{
    private const int DomainsMost = 3;

    private readonly Lock gate = new();
    private readonly HashSet<string> refused = new(StringComparer.OrdinalIgnoreCase);
    private bool takes;

    /// <summary>It took a mail.</summary>
    public void Took()
    {
        lock (gate)
        {
            takes = true;
            refused.Clear();
        }
    }

    /// <summary>It refused one; true where it means the recipient.</summary>
    public bool RefusesOnly(string domain)
    {
        lock (gate)
        {
            if (refused.Count < DomainsMost)
            {
                refused.Add(domain);
            }

            return takes && refused.Count < DomainsMost;
        }
    }
}

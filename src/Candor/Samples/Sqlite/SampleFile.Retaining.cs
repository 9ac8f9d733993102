namespace Candor.Samples.Sqlite;

/// <summary>What is too old goes a few rows at a time, more than arrive, so that it never becomes a long job.</summary>
internal sealed partial class SampleFile
{
    private const int BatchesPerStep = 20;
    private const int RowsPerStep = 500;

    public void Retain(DateTimeOffset now)
    {
        InTransaction(() =>
        {
            dropBatches.Run((now - Tiers.RawKept).ToUnixTimeMilliseconds(), BatchesPerStep);
            foreach (var tier in Tiers.All)
            {
                if (tier.Kept() is { } kept)
                {
                    dropSlots.Run((int)tier, tier.SlotOf(now - kept), RowsPerStep);
                    dropValues.Run((int)tier, tier.SlotOf(now - kept), RowsPerStep);
                }
            }

            dropGauges.Run(Tier.Hour.SlotOf(now - Tier.Hour.Kept()!.Value), RowsPerStep);
        });
    }
}

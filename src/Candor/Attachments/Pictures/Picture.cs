namespace Candor.Attachments.Pictures;

/// <summary>A picture that was read to its end, and what of it is shown. Nothing is decoded: that is the readers' browsers' work.</summary>
internal sealed record Picture(int Width, int Height, byte[] Bytes)
{
    /// <summary>A few bytes can claim a picture that fills a phone's memory.</summary>
    public const int PixelsMax = 50_000_000;

    private const int SideMax = 16_384;

    public bool IsTooLarge => Width > SideMax || Height > SideMax || (long)Width * Height > PixelsMax;
}

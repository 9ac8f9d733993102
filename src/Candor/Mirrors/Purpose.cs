using System.Text;

namespace Candor.Mirrors;

/// <summary>What a signature is for: put before what is signed, so that none that was made for something else fits.</summary>
internal sealed class Purpose
{
    public static readonly Purpose Edition = new("candor mirror 1\n");

    public static readonly Purpose Bulletin = new("candor bulletin 1\n");

    /// <summary>The contacts that a publisher lets its mirrors keep.</summary>
    public static readonly Purpose Contacts = new("candor contacts 1\n");

    /// <summary>That people are told of a bulletin.</summary>
    public static readonly Purpose Telling = new("candor telling 1\n");

    private readonly byte[] text;

    private Purpose(string text) => this.text = Encoding.ASCII.GetBytes(text);

    public byte[] Of(ReadOnlySpan<byte> content) => [.. text, .. content];
}

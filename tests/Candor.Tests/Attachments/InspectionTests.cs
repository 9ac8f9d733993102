using System.Text;
using Candor.Attachments;

namespace Candor.Tests.Attachments;

/// <summary>What is taken, as what, and what is taken out of it. Senders lie; bytes are looked at.</summary>
public sealed class InspectionTests
{
    private const string Script = """<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>""";

    public static TheoryData<string, string, byte[], int?, int?> Taken => new()
    {
        { "a.png", "image/png", Drawn.Png(5, 3), 5, 3 },
        { "a.jpg", "image/jpeg", Drawn.Jpeg(), 40, 30 },
        { "a.jpeg", "image/jpeg", Drawn.Jpeg(40, 30, turned: 6), 30, 40 },
        { "a.gif", "image/gif", Drawn.Gif(), 3, 2 },
        { "a.webp", "image/webp", Drawn.WebP(), 5, 4 },
        { "a.pdf", "application/pdf", "%PDF-1.7\n1 0 obj\n%%EOF\n"u8.ToArray(), null, null },
        { "a.log", "text/plain; charset=utf-8", "\u001b[31mERROR\u001b[0m Störung\r\n"u8.ToArray(), null, null },
        { "a.csv", "text/csv; charset=utf-8", "a,b\n1,2\n"u8.ToArray(), null, null },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void What_is_taken_is_called_what_its_bytes_are(string name, string type, byte[] bytes, int? width, int? height)
    {
        var (file, refusal) = Inspection.Of(name, bytes);

        Assert.Null(refusal);
        Assert.Equal((type, width, height), (file!.Type, file.Width, file.Height));
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public void Nothing_of_a_picture_says_where_it_was_taken_or_goes_on_behind_its_end(string name, string type, byte[] bytes, int? width, int? height)
    {
        var shown = Inspection.Of(name, bytes).File!;

        Assert.DoesNotContain(Drawn.Place, Encoding.Latin1.GetString(shown.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", Encoding.Latin1.GetString(shown.Bytes), StringComparison.Ordinal);

        // What was taken out leaves a whole picture, and the same one.
        var again = Inspection.Of(name, shown.Bytes).File!;
        Assert.Equal((type, width, height), (again.Type, again.Width, again.Height));
        Assert.Equal(shown.Bytes, again.Bytes);
    }

    [Fact]
    public void Texts_in_a_png_go_and_what_draws_stays()
    {
        var png = Drawn.Png(4, 4, ("tEXt", [.. "Comment\0"u8, .. Encoding.ASCII.GetBytes(Drawn.Place)]), ("eXIf", Encoding.ASCII.GetBytes(Drawn.Place)), ("gAMA", [0, 0, 0, 1]));

        var shown = Encoding.Latin1.GetString(Inspection.Of("a.png", [.. png, .. "PK\u0003\u0004"u8]).File!.Bytes);

        Assert.DoesNotContain(Drawn.Place, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("PK", shown, StringComparison.Ordinal);
        Assert.Contains("gAMA", shown, StringComparison.Ordinal);
        Assert.Contains("IDAT", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jpeg_keeps_which_way_is_up_and_how_its_colours_are_meant()
    {
        var shown = Encoding.Latin1.GetString(Inspection.Of("a.jpg", Drawn.Jpeg(turned: 6)).File!.Bytes);

        Assert.Contains("ICC_PROFILE", shown, StringComparison.Ordinal);
        Assert.Contains("Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drawing.svg", Script, "file.not_taken")]
    [InlineData("drawing.png", Script, "file.other_type")]
    [InlineData("page.png", "<!doctype html><script>alert(1)</script>", "file.other_type")]
    [InlineData("page.html", "<!doctype html><script>alert(1)</script>", "file.not_taken")]
    [InlineData("page", "hello", "file.not_taken")]
    [InlineData("run.exe", "MZ", "file.not_taken")]
    [InlineData("bell.txt", "a\u0000b", "file.not_taken")]
    [InlineData("cut.pdf", "%PDF-1.7\n1 0 obj", "file.not_taken")]
    [InlineData("gif.txt", "GIF89a", "file.not_taken")]
    public void What_is_something_else_than_it_says_is_refused(string name, string content, string code)
    {
        if (name == "gif.txt")
        {
            // A text that only begins like a picture is a text.
            Assert.Equal("text/plain; charset=utf-8", Inspection.Of(name, Encoding.UTF8.GetBytes(content)).File!.Type);
            return;
        }

        Assert.Equal(code, Inspection.Of(name, Encoding.UTF8.GetBytes(content)).Refusal!.Code);
    }

    [Fact]
    public void A_picture_under_the_name_of_another_is_refused() =>
        Assert.Equal("file.other_type", Inspection.Of("a.gif", Drawn.Png()).Refusal!.Code);

    [Theory]
    [InlineData(30_000, 2)]
    [InlineData(16_000, 16_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_few_bytes_that_claim_a_huge_picture_are_refused(int width, int height) =>
        Assert.Equal("file.too_many_pixels", Inspection.Of("a.png", Drawn.Png(width, height)).Refusal!.Code);

    [Fact]
    public void A_frame_that_claims_more_than_its_screen_counts_and_a_second_head_is_refused()
    {
        var gif = Drawn.Gif();
        var frame = gif.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0, 3, 0, 2, 0]);
        (gif[frame + 6], gif[frame + 8]) = (0xFF, 0xFF);
        Assert.Equal("file.too_many_pixels", Inspection.Of("a.gif", gif).Refusal!.Code);

        var head = Drawn.Png().AsSpan(16, 13).ToArray();
        Assert.Equal("file.not_taken", Inspection.Of("a.png", Drawn.Png(30_000, 2, ("IHDR", head))).Refusal!.Code);
    }

    [Fact]
    public void What_is_cut_anywhere_or_has_a_wrong_byte_never_breaks_anything()
    {
        foreach (var (name, whole) in new[] { ("a.png", Drawn.Png()), ("a.jpg", Drawn.Jpeg(turned: 3)), ("a.gif", Drawn.Gif()), ("a.webp", Drawn.WebP()) })
        {
            for (var i = 0; i < whole.Length; i++)
            {
                Inspection.Of(name, whole.AsSpan(0, i));
                foreach (var wrong in new byte[] { 0, 0x7F, 0xFF })
                {
                    byte[] bent = [.. whole[..i], wrong, .. whole[(i + 1)..]];
                    Inspection.Of(name, bent);
                }
            }
        }
    }

    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData(@"C:\Users\ada\Bild von Störung.PNG", "Bild-von-Storung.png")]
    [InlineData("..png", "png")]
    [InlineData(".htaccess.txt", "htaccess.txt")]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "a-Set-Cookie-x-1.txt")]
    [InlineData("\"><script>.csv", "script.csv")]
    [InlineData("日本.log", "file.log")]
    [InlineData("\ud800.log", "file.log")]
    [InlineData("", "file")]
    public void A_name_is_nothing_but_a_name(string sent, string kept) => Assert.Equal(kept, FileName.Of(sent));

    [Fact]
    public void A_long_name_keeps_its_ending() => Assert.Equal(new string('a', 76) + ".png", FileName.Of(new string('a', 500) + ".png"));
}

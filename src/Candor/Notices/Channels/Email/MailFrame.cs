using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// The document around a mail's HTML: readable without its style, in both schemes, at any width. Nothing in it is
/// fetched from anywhere, so that nobody learns that it was read.
/// </summary>
internal static class MailFrame
{
    // Two schemes because clients that know of them invert nothing then; the same values as the page's.
    private const string Style = """
        :root { color-scheme: light dark; supported-color-schemes: light dark }
        body { margin: 0; padding: 24px 16px; background: #fff; color: #16181d; font: 16px/24px -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
        .sheet { max-width: 600px; margin: 0 auto; overflow-wrap: anywhere }
        h1 { font-size: 22px; line-height: 28px; margin: 0 0 8px }
        h4 { font-size: 16px; line-height: 24px; margin: 8px 0 }
        p, ul, ol, pre, table { margin: 0 0 8px }
        a { color: inherit }
        .state { font-weight: 600 }
        .op { color: #2a7f5b } .dg { color: #8f6400 } .pt { color: #b54708 } .mj { color: #c8231a } .mt { color: #2f5fc4 } .un { color: #5b616c }
        .late { border: 1px solid #8f6400; border-radius: 8px; padding: 8px 16px; margin: 16px 0 }
        .word { border-top: 1px solid #e4e6ea; margin: 16px 0 0; padding: 16px 0 0 }
        .soft { color: #5b616c; font-size: 14px; line-height: 20px }
        pre { white-space: pre-wrap }
        @media (prefers-color-scheme: dark) {
        body { background: #0e1014 !important; color: #e9ebef !important }
        .op { color: #45a67c !important } .dg { color: #d9a53a !important } .pt { color: #f0874a !important } .mj { color: #ff6257 !important }
        .mt { color: #7fa3f5 !important } .un, .soft { color: #9aa1ad !important }
        .late { border-color: #d9a53a !important } .word { border-color: #24272e !important }
        }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="body">The content of a body element, made by us.</param>
    public static string Around(string body, string title, string language) =>
        $"""
        <!DOCTYPE html>
        <html lang="{Encoder.Encode(language)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{Encoder.Encode(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <div class="sheet">
        {body}
        </div>
        </body>
        </html>
        """;
}

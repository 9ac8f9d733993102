using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Candor.SystemTests.MainJob;

namespace Candor.SystemTests.Notices;

/// <summary>One POST as it arrived.</summary>
public sealed record HookPost(string Path, string Notice, string Signature, byte[] Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string Text => Encoding.UTF8.GetString(Body);

    public string Status => Json.GetProperty("incident").GetProperty("status").GetString()!;
}

/// <summary>Receives webhooks on a local port and answers as it is told to, by path.</summary>
public sealed class HookSink : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<HookPost> posts = new();

    public HookSink()
    {
        listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        listener.Start();
        _ = ListenAsync();
    }

    public int Port { get; } = RealServer.FreePort();

    public IReadOnlyList<HookPost> Posts => [.. posts];

    /// <summary>How one is answered; called after it was noted.</summary>
    public Func<HttpListenerContext, Task> Answer { get; set; } = static _ => Task.CompletedTask;

    public string Url(string path) => $"http://127.0.0.1:{Port}/{path}";

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => TakeAsync(context), TestContext.Current.CancellationToken);
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
            posts.Enqueue(new(
                context.Request.Url!.AbsolutePath, context.Request.Headers["Candor-Notice"] ?? "", context.Request.Headers["Candor-Signature"] ?? "", body.ToArray()));
            await Answer(context);
            context.Response.Close();
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The other side died in the middle of it, which is what these tests are about.
        }
    }
}

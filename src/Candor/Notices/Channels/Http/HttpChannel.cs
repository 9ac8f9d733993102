namespace Candor.Notices.Channels.Http;

/// <summary>A channel whose every message is one request: how it is asked and how the answer is read are pure.</summary>
internal sealed class HttpChannel(
    HttpSender sender, Func<Message, HttpRequestMessage> ask, Func<HttpAnswer, Handover> read) : IChannel
{
    public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
    {
        using var request = ask(message);
        return await sender.SendAsync(request, read, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return default;
    }
}

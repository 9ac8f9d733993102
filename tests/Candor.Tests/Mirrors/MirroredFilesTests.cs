using System.Collections.Immutable;
using System.Net;
using Candor.Attachments;
using Candor.Mirrors;
using Candor.Testing;
using Candor.Tests.Effects;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors;

/// <summary>A mirror has the files that a signed edition names, and no others.</summary>
public sealed class MirroredFilesTests : HttpMessageHandler
{
    private static readonly byte[] Log = "It broke."u8.ToArray();
    private static readonly MirroredFile Named = Of("app.log", Log);

    private readonly FakeDisk disk = new();
    private readonly ManualTimeProvider time = new(new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, byte[]> answers = new() { [Named.Path] = Log };
    private int asked;
    private Manifest held = ManifestWith(Named);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_file_is_fetched_once_and_goes_when_no_edition_names_it()
    {
        using var http = new HttpMessageInvoker(this, disposeHandler: false);
        var files = Files(http);
        Assert.Null(files.Find(Named.Path));

        await files.FollowOnceAsync(Ct);
        await files.FollowOnceAsync(Ct);

        Assert.Equal(1, asked);
        Assert.Equal(("app.log", "/m/files/" + Named.Hash), (files.Find(Named.Path)!.Value.File.Name, files.Find(Named.Path)!.Value.Path));
        Assert.Equal(Log, disk.Files["/m/files/" + Named.Hash]);
        held = ManifestWith();
        Assert.Null(files.Find(Named.Path));
        await files.FollowOnceAsync(Ct);
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task Bytes_that_are_not_the_ones_that_were_signed_are_not_kept()
    {
        answers[Named.Path] = "It brOke."u8.ToArray();
        using var http = new HttpMessageInvoker(this, disposeHandler: false);
        var files = Files(http);

        await files.FollowOnceAsync(Ct);

        Assert.Empty(disk.Files);
        answers[Named.Path] = Log;
        await files.FollowOnceAsync(Ct);
        Assert.NotNull(files.Find(Named.Path));
    }

    [Fact]
    public async Task What_is_no_file_of_ours_is_neither_fetched_nor_served()
    {
        held = ManifestWith(
            Named with { Type = "text/html" }, Named with { Path = $"/files/{Named.Hash}/page.html/x" }, Named with { Path = $"/files/{Named.Hash}/..%2f" },
            Named with { Hash = "../../etc/passwd", Path = "/files/../../etc/passwd" }, Named with { Bytes = long.MaxValue }, Named with { Path = "/" });
        using var http = new HttpMessageInvoker(this, disposeHandler: false);
        var files = Files(http);

        await files.FollowOnceAsync(Ct);

        Assert.Equal(0, asked);
        Assert.All(held.Files, file => Assert.Null(files.Find(file.Path)));
    }

    [Fact]
    public void A_manifest_without_files_reads_as_one_with_none()
    {
        var bytes = System.Text.Json.Nodes.JsonNode.Parse(ManifestWith(Named).Write())!.AsObject();
        Assert.Equal([Named], Manifest.Read(ManifestWith(Named).Write()).Files.ToArray());
        bytes.Remove("files");

        Assert.Empty(Manifest.Read(System.Text.Encoding.UTF8.GetBytes(bytes.ToJsonString())).Files);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        asked++;
        return Task.FromResult(answers.TryGetValue(request.RequestUri!.AbsolutePath, out var bytes)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) }
            : new(HttpStatusCode.NotFound));
    }

    private MirroredFiles Files(HttpMessageInvoker http) =>
        new(http, new("http://127.0.0.1"), () => held, new FileStore(disk, "/m/files"), time, NullLogger<MirroredFiles>.Instance);

    private static MirroredFile Of(string name, byte[] bytes) =>
        new($"/files/{FileStore.HashOf(bytes)}/{name}", "text/plain; charset=utf-8", FileStore.HashOf(bytes), bytes.Length, IsPicture: false);

    private static Manifest ManifestWith(params ImmutableArray<MirroredFile> files) =>
        new(1, new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), [new("/", 200, "text/html", "", new('0', 64), 1, false, false, null)]) { Files = files };
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Candor.Commands.Drills.Rig;

/// <summary>
/// What is looked at in a drill, each service on a port of its own and all of them dark when they are told to be; a port that
/// always answers; and the https gate by which agents on other hosts reach the core.
/// </summary>
internal sealed class DrillSite(WebApplication app, string certificate) : IAsyncDisposable
{
    public const int FirstService = 8001;
    public const int Control = 8009;
    public const int Gate = 8443;

    private volatile bool isDark;

    public bool IsDark
    {
        get => isDark;
        set => isDark = value;
    }

    /// <summary>The file that an agent has to believe.</summary>
    public string Certificate => certificate;

    /// <param name="core">Where the core is, once it is there.</param>
    public static async Task<DrillSite> OpenAsync(int services, string folder, Func<Uri?> core, HttpClient http, TimeProvider time, CancellationToken cancellation)
    {
        var address = IPAddress.Parse(DrillNetwork.Here);
        var (key, file) = (Made(address, time), Path.Combine(folder, "gate.pem"));
        await File.WriteAllTextAsync(file, key.ExportCertificatePem(), cancellation);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            for (var service = 0; service < services; service++)
            {
                kestrel.Listen(address, FirstService + service);
            }

            kestrel.Listen(address, Control);
            kestrel.Listen(address, Gate, listen => listen.UseHttps(key));
        });
        var site = new DrillSite(builder.Build(), file);
        site.Serve(core, http);
        await site.StartAsync(cancellation);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
    }

    private Task StartAsync(CancellationToken cancellation) => app.StartAsync(cancellation);

    private void Serve(Func<Uri?> core, HttpClient http) => app.Run(async context =>
    {
        if (context.Connection.LocalPort == Gate)
        {
            await PassOnAsync(context, core(), http);
        }
        else if (isDark && context.Connection.LocalPort != Control)
        {
            context.Abort();
        }
    });

    private static async Task PassOnAsync(HttpContext context, Uri? core, HttpClient http)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(core!, context.Request.Path.Value))
            {
                Content = new StreamContent(context.Request.Body),
            };
            foreach (var (name, value) in context.Request.Headers.Where(static header => header.Key.StartsWith("Candor-", StringComparison.OrdinalIgnoreCase)))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }

            request.Content.Headers.ContentType = new("application/json");
            using var answer = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static X509Certificate2 Made(IPAddress address, TimeProvider time)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=drill", pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(2));
    }
}

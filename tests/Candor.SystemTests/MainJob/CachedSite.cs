using System.Globalization;

namespace Candor.SystemTests.MainJob;

/// <summary>A real nginx that keeps what is written to it (WebDAV), and another before it that caches for ten minutes.</summary>
internal sealed class CachedSite : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-cached-").FullName;
    private RealServer origin = null!;
    private RealServer cache = null!;

    /// <summary>As readers get it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{cache.Port}");

    public string Origin => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{origin.Port}");

    /// <param name="token">What must be shown to write.</param>
    public static async Task<CachedSite> StartAsync(string token, CancellationToken cancellation)
    {
        var site = new CachedSite();
        var root = Directory.CreateDirectory(Path.Combine(site.folder, "origin", "root")).FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "index.html"), "Heron", cancellation);
        site.origin = await site.RunAsync("origin", port => $$"""
              server {
                listen 127.0.0.1:{{port}};
                root {{root}};
                location / {
                  dav_methods PUT;
                  limit_except GET HEAD PUT { deny all; }
                  set $shut "$request_method $http_authorization";
                  if ($shut ~ "^PUT (?!Bearer {{token}}$)") { return 403; }
                }
              }
            """, cancellation);
        site.cache = await site.RunAsync("cache", port => $$"""
              proxy_cache_path {{site.folder}}/cache/kept keys_zone=kept:1m;
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://{{site.Origin}};
                  proxy_cache kept;
                  proxy_cache_valid 200 10m;
                }
              }
            """, cancellation);
        return site;
    }

    public Task StopOriginAsync(CancellationToken cancellation) => origin.StopAsync(cancellation);

    public Task StartOriginAsync(CancellationToken cancellation) => origin.StartAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await cache.DisposeAsync();
        await origin.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<RealServer> RunAsync(string name, Func<string, string> server, CancellationToken cancellation)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var settings = Path.Combine(own, "nginx.conf");
        return await RealServer.StartAsync(
            "nginx",
            port =>
            {
                File.WriteAllText(settings, $$"""
                    daemon off;
                    {{(Environment.UserName == "root" ? "user root;" : "")}}
                    worker_processes 1;
                    pid {{own}}/nginx.pid;
                    events { worker_connections 64; }
                    http {
                      access_log off;
                      client_body_temp_path {{own}}/body;
                      proxy_temp_path {{own}}/proxy;
                      fastcgi_temp_path {{own}}/fastcgi;
                      uwsgi_temp_path {{own}}/uwsgi;
                      scgi_temp_path {{own}}/scgi;
                    {{server(port.ToString(CultureInfo.InvariantCulture))}}
                    }
                    """);
                return ["-p", own, "-c", settings, "-e", "stderr"];
            },
            cancellation);
    }
}

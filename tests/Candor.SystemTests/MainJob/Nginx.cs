using System.Globalization;

namespace Candor.SystemTests.MainJob;

/// <summary>A real nginx with settings of its own, which serves one page as fast as it is told.</summary>
public sealed class Nginx : IAsyncDisposable
{
    private readonly string folder;
    private RealServer server = null!;

    private Nginx(string folder) => this.folder = folder;

    public static bool Missing => Repository.Find("nginx") is null;

    public int Port => server.Port;

    private string Settings => Path.Combine(folder, "nginx.conf");

    public static async Task<Nginx> StartAsync(CancellationToken cancellation)
    {
        var nginx = new Nginx(Directory.CreateTempSubdirectory("candor-nginx-").FullName);
        await File.WriteAllTextAsync(Path.Combine(nginx.folder, "index.html"), new string('x', 2000) + "Heron", cancellation);
        nginx.server = await RealServer.StartAsync(
            "nginx",
            port =>
            {
                File.WriteAllText(nginx.Settings, nginx.Text(port, bytesPerSecond: 0));
                return ["-p", nginx.folder, "-c", nginx.Settings, "-e", "stderr"];
            },
            cancellation);
        return nginx;
    }

    public Task StopAsync(CancellationToken cancellation) => server.StopAsync(cancellation);

    public Task StartAgainAsync(CancellationToken cancellation) => server.StartAsync(cancellation);

    /// <summary>0: as fast as it can.</summary>
    public async Task SlowToAsync(int bytesPerSecond, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Settings, Text(Port, bytesPerSecond), cancellation);
        server.Signal("HUP");
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Text(int port, int bytesPerSecond) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        daemon off;
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          server {
            listen 127.0.0.1:{{port}};
            root {{folder}};
            limit_rate {{bytesPerSecond}};
          }
        }
        """);
}

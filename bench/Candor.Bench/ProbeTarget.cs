using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Candor.Bench;

/// <summary>A web server in a process of its own, so that serving is not measured as probing.</summary>
internal sealed class ProbeTarget : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-nginx-").FullName;
    private readonly Process process;

    public ProbeTarget()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            worker_processes 1;
            daemon off;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log crit;
            events { worker_connections 4096; }
            http {
              access_log off;
              keepalive_timeout 0;
              client_body_temp_path {{folder}};
              proxy_temp_path {{folder}};
              fastcgi_temp_path {{folder}};
              uwsgi_temp_path {{folder}};
              scgi_temp_path {{folder}};
              server {
                listen 127.0.0.1:{{Port}} backlog=4096;
                location / { return 200 "a Heron in the mist\n"; }
              }
            }
            """);
        process = Process.Start(new ProcessStartInfo("nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", "stderr"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/";

    public static bool IsThere => File.Exists("/usr/sbin/nginx");

    public async Task ReadyAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient();
        for (var i = 0; i < 100; i++)
        {
            try
            {
                await client.GetStringAsync(Url, cancellation);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, cancellation);
            }
        }

        throw new InvalidOperationException("nginx did not start: " + await process.StandardError.ReadToEndAsync(cancellation));
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

using System.Diagnostics;
using System.Net.Sockets;

namespace Candor.Bench;

/// <summary>nginx with the settings one would choose for static files: sendfile, open_file_cache, no access log.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly Process process;

    private Nginx(Process process) => this.process = process;

    public static async Task<Nginx> StartAsync(string folder, int port, string tag, CancellationToken cancellation)
    {
        var settings = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(settings, $$"""
            daemon off; worker_processes auto; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log; user root;
            events { worker_connections 16384; }
            http {
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 60;
              open_file_cache max=100 inactive=60s; open_file_cache_valid 60s; server_tokens off; etag off;
              client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
              server {
                listen 127.0.0.1:{{port}} backlog=4096;
                location = / {
                  default_type "text/html; charset=utf-8"; root {{folder}}; try_files /page.br =404;
                  if ($http_if_none_match) { return 304; }
                  add_header Content-Encoding br; add_header Vary Accept-Encoding; add_header ETag '{{tag}}';
                  add_header Cache-Control "public, max-age=10"; add_header X-Content-Type-Options nosniff;
                  add_header Content-Security-Policy "default-src 'none'"; add_header Referrer-Policy same-origin;
                }
              }
            }
            """, cancellation);
        var nginx = Process.Start(
            new ProcessStartInfo("nginx", ["-c", settings, "-p", folder]) { RedirectStandardError = true, UseShellExecute = false })!;
        for (var i = 0; i < 50; i++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", port, cancellation);
                return new(nginx);
            }
            catch (SocketException)
            {
                await Task.Delay(100, cancellation);
            }
        }

        throw new InvalidOperationException("nginx did not start: " + await nginx.StandardError.ReadToEndAsync(cancellation));
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}

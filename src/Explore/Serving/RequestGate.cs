using System.Net;
using System.Security.Cryptography;
using System.Text;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;
using Microsoft.AspNetCore.Http;

namespace MarginalConditional.Explore.Serving;

/// <summary>Lets requests through that know the key and come to this machine's own name, and says to others what to do instead.</summary>
/// <remarks>
/// The name is asked for so that a page of another site whose name was made to lead here cannot read answers; the key so that other
/// pages and other people of this machine cannot.
/// </remarks>
internal sealed class RequestGate
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] token;

    /// <summary>Knows the key.</summary>
    public RequestGate(string token) => this.token = Encoding.ASCII.GetBytes(token);

    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context, PageAnswers pages)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var answer = Refusal(context) ?? pages.To(Rest(context), context.Request.Query);
        context.Response.StatusCode = answer.Status;
        if (answer.Location is { } location)
        {
            headers.Location = location;
        }

        if (answer.FileName is { } name)
        {
            headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        }

        context.Response.ContentType = answer.Type;
        var body = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private PageAnswer? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwnName(request.Host, context.Connection.LocalPort))
        {
            return PageAnswer.Text(StatusCodes.Status403Forbidden, "This program answers to its own address on this machine only.\n");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return PageAnswer.Text(StatusCodes.Status405MethodNotAllowed, "This page is only read.\n");
        }

        var first = request.Path.Value!.Split('/', 3)[1];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(first), token) ? null : WithoutKey(request);
    }

    /// <summary>Only the name that the address has; the port too, since another program's page may stand on another port.</summary>
    private static bool IsOwnName(HostString host, int port) =>
        host.Host is "127.0.0.1" or "localhost" && (host.Port ?? 80) == port;

    /// <summary>What follows the key, without the slash; null where there is no slash.</summary>
    private static string? Rest(HttpContext context) => context.Request.Path.Value!.Split('/', 3) is [_, _, var rest] ? rest : null;

    /// <summary>A link that was shared holds no key: whoever opens it learns how to see its setting.</summary>
    private static PageAnswer WithoutKey(HttpRequest request)
    {
        var command = "margcond explore";
        try
        {
            if (request.QueryString.HasValue)
            {
                command = SettingTexts.ExploreCommand(SettingRules.Parse(request.QueryString.Value!));
            }
        }
        catch (InputException)
        {
            // What is no setting is not repeated.
        }

        return PageAnswer.Html(
            StatusCodes.Status403Forbidden,
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <title>The address lacks its key</title>
            </head>
            <body style="font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere">
            <main>
            <h1>The address lacks its key</h1>
            <p>The page is shown to whoever opens the address that the program prints. A link that was shared holds a setting and no
            key: paste it into the field &ldquo;Open a link&rdquo; of an open page, or run</p>
            <pre style="white-space:pre-wrap"><code>{WebUtility.HtmlEncode(command)}</code></pre>
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n"));
    }
}

using Microsoft.AspNetCore.Http;

namespace MarginalConditional.Explore.Serving;

/// <summary>An answer to a request.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Type">What the body is.</param>
/// <param name="Body">The body.</param>
internal sealed record PageAnswer(int Status, string Type, string Body)
{
    /// <summary>Where to go instead; null for nowhere.</summary>
    public string? Location { get; init; }

    /// <summary>The name of the file that the body is saved as; null for one that is shown.</summary>
    public string? FileName { get; init; }

    /// <summary>Plain text.</summary>
    public static PageAnswer Text(int status, string body) => new(status, "text/plain; charset=utf-8", body);

    /// <summary>A page.</summary>
    public static PageAnswer Html(int status, string body) => new(status, "text/html; charset=utf-8", body);

    /// <summary>A style sheet.</summary>
    public static PageAnswer Style(string body) => new(StatusCodes.Status200OK, "text/css; charset=utf-8", body);

    /// <summary>A script.</summary>
    public static PageAnswer Script(string body) => new(StatusCodes.Status200OK, "text/javascript; charset=utf-8", body);

    /// <summary>Data.</summary>
    public static PageAnswer Json(int status, string body) => new(status, "application/json; charset=utf-8", body);
}

using System.Globalization;
using System.Text;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Report.Documents;

/// <summary>A report as one HTML file that needs nothing else: no script, no font, no request.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Report.Documents;
///
/// var page = HtmlReport.Write(
///     "A trial",
///     "The odds ratio is 0.87.",
///     [new ReportSection("Data", "&lt;p&gt;294 patients&lt;/p&gt;")],
///     new ReportOrigin { Command = "mine", Program = "mine 1.0", Data = "trial.csv", DataHash = "" });
/// File.WriteAllText("report.html", page);
/// </code>
/// </example>
public static class HtmlReport
{
    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    });

    /// <summary>The page.</summary>
    /// <param name="title">What was asked.</param>
    /// <param name="answer">The answer in a sentence or two, plain text.</param>
    /// <param name="sections">The parts, top down.</param>
    /// <param name="origin">Where it comes from.</param>
    public static string Write(string title, string answer, IReadOnlyList<ReportSection> sections, ReportOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(origin);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append(CultureInfo.InvariantCulture, $"<meta name=\"generator\" content=\"{HtmlPaper.Escaped(origin.Program)}\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" ")
            .Append("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
            .Append("<link rel=\"icon\" href=\"data:,\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{HtmlPaper.Escaped(title)}</title>\n")
            .Append(CultureInfo.InvariantCulture, $"<style>\n{Style.Value}</style>\n</head>\n<body>\n")
            .Append("<a class=\"skip\" href=\"#content\">To the results</a>\n<header>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{HtmlPaper.Escaped(title)}</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p class=\"answer\">{HtmlPaper.Escaped(answer)}</p>\n</header>\n");
        page.Append("<nav aria-label=\"Contents\">\n<ul>\n");
        for (var i = 0; i < sections.Count; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#part{i + 1}\">{HtmlPaper.Escaped(sections[i].Heading)}</a></li>\n");
        }

        page.Append("<li><a href=\"#again\">How to run it again</a></li>\n</ul>\n</nav>\n<main id=\"content\">\n");
        for (var i = 0; i < sections.Count; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"part{i + 1}\">\n")
                .Append(CultureInfo.InvariantCulture, $"<h2 id=\"part{i + 1}\">{HtmlPaper.Escaped(sections[i].Heading)}</h2>\n")
                .Append(sections[i].Body)
                .Append("</section>\n");
        }

        page.Append("</main>\n");
        Origin(page, origin);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Origin(StringBuilder page, ReportOrigin origin)
    {
        page.Append("<footer aria-labelledby=\"again\">\n<h2 id=\"again\">How to run it again</h2>\n")
            .Append(CultureInfo.InvariantCulture, $"<pre class=\"command\"><code>{HtmlPaper.Escaped(origin.Command)}</code></pre>\n<dl>\n");
        Fact("Program", origin.Program);
        Fact("Data", origin.Data);
        if (origin.DataHash.Length > 0)
        {
            Fact("SHA-256 of the data", origin.DataHash);
        }

        if (origin.Time is { } time)
        {
            Fact("Made", time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        }

        page.Append("</dl>\n</footer>\n");

        void Fact(string name, string value) => page.Append(
            CultureInfo.InvariantCulture, $"<dt>{HtmlPaper.Escaped(name)}</dt><dd>{HtmlPaper.Escaped(value)}</dd>\n");
    }
}

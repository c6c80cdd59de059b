using System.Globalization;
using System.Text;
using System.Text.Json;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;
using MarginalConditional.Explore.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MarginalConditional.Explore.Serving;

/// <summary>What there is behind the key: the page, its style and script, the answers to settings, a study file.</summary>
internal sealed class PageAnswers
{
    private const int LeastWidth = 260;
    private const int LargestWidth = 900;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly StringComparer Ordinal = StringComparer.Ordinal;

    private readonly ExplorationStart start;
    private readonly CovariateLaw covariates;
    private readonly string page;

    /// <summary>Prepares the page.</summary>
    public PageAnswers(ExplorationStart start)
    {
        this.start = start;
        covariates = start.Covariates;
        page = PageTemplate.Fill(Resource("explore.html"), start);
    }

    /// <summary>The answer to a request for what follows the key.</summary>
    /// <param name="place">What follows it and a slash; null where there is none.</param>
    /// <param name="query">What was asked.</param>
    public PageAnswer To(string? place, IQueryCollection query)
    {
        try
        {
            return place switch
            {
                null => PageAnswer.Text(StatusCodes.Status404NotFound, "There is nothing here: the address ends in a slash.\n"),
                "" => PageAnswer.Html(StatusCodes.Status200OK, page),
                "explore.css" => PageAnswer.Style(Resource(place)),
                "explore.js" => PageAnswer.Script(Resource(place)),
                "figures" => PageAnswer.Json(StatusCodes.Status200OK, Figures(query)),
                "study.yaml" => new PageAnswer(
                    StatusCodes.Status200OK, "application/yaml; charset=utf-8", SettingTexts.Study(Setting(query["setting"])))
                {
                    FileName = "study.yaml",
                },
                _ => PageAnswer.Text(StatusCodes.Status404NotFound, "There is nothing here.\n"),
            };
        }
        catch (InputException exception)
        {
            var problem = exception.Hint is { } hint ? $"{exception.Message} {hint}" : exception.Message;
            return PageAnswer.Json(StatusCodes.Status400BadRequest, JsonSerializer.Serialize(new { problem }, Json));
        }
    }

    /// <summary>Answers once, so that everything is compiled when somebody asks.</summary>
    public void WarmUp() => To("figures", new QueryCollection(new Dictionary<string, StringValues>(Ordinal) { ["was"] = "sigma=2" }));

    private string Figures(IQueryCollection query)
    {
        var answers = TrialAnswers.Of(Setting(query["setting"]), covariates);
        var before = query["was"].ToString() is { Length: > 0 } was ? TrialAnswers.Of(SettingRules.Parse(was), covariates) : null;
        var widths = (Width(query["width"]), Width(query["narrow"]));
        return JsonSerializer.Serialize(AnswerDocument.Of(answers, before, covariates, start, widths), Json);
    }

    private static int Width(string? asked) => int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        ? Math.Clamp(width, LeastWidth, LargestWidth)
        : LargestWidth;

    private TrialSetting Setting(string? text) => SettingRules.Parse(string.IsNullOrEmpty(text) ? start.Setting : text);

    private static string Resource(string name)
    {
        using var stream = typeof(PageAnswers).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

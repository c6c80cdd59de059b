using System.Globalization;
using System.Net;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Explore.Serving;

/// <summary>The page with what depends on the start: the laws, the presets, the trial.</summary>
internal static class PageTemplate
{
    private static readonly (string Name, TrialSetting Setting)[] Presets =
    [
        ("A typical cluster trial", new TrialSetting()),
        (
            "Toenail trial",
            new TrialSetting { Risk = 0.02, Effect = -0.8, Sigma = 4, Covariate = 1.8, Clusters = 294, Size = 6 }),
        (
            "Thirteen studies",
            new TrialSetting { Risk = 0.02, Effect = -0.75, Sigma = 1.2, Covariate = 0, Clusters = 26, Size = 2000 }),
        ("No clustering", new TrialSetting { Sigma = 0, Covariate = 1, Clusters = 400, Size = 1 }),
    ];

    /// <summary>Fills the places of the page, every text escaped.</summary>
    public static string Fill(string page, ExplorationStart start)
    {
        var presets = Presets.Select(preset => (preset.Name, Setting: SettingRules.Write(preset.Setting)));
        if (start.TrialSetting.Length > 0)
        {
            presets = presets.Prepend((Name: "This trial", Setting: start.TrialSetting));
        }

        var laws = SettingRules.Laws.Select(law => $"<option value=\"{law.Name}\">{Escaped(law.Words)}</option>");
        return page
            .Replace("<!--laws-->", Lines(laws), Ordinal)
            .Replace(
                "<!--presets-->",
                Lines(presets.Select(preset =>
                    $"<button type=\"button\" data-setting=\"{Escaped(preset.Setting)}\">{Escaped(preset.Name)}</button>")),
                Ordinal)
            .Replace("<!--trial-->", start.Trial.Length == 0 ? string.Empty : $"<p class=\"trial\">{Escaped(start.Trial)}</p>", Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Escaped(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));
}

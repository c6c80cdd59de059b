using MarginalConditional.Compare.Exploration;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Explore.Answers;

/// <summary>Everything the page shows of a setting: numbers in full beside the texts that people read, and finished drawings.</summary>
internal sealed record AnswerDocument
{
    private const int Texts = 13;
    private const int SmallTexts = 12;
    private const int NarrowWidth = 480;

    /// <summary>The setting as it is written in links.</summary>
    public required string Setting { get; init; }

    /// <summary>Its numbers and choices, by name.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>What stands beside the numbers, by name.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    /// <summary>The answer in two sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>What has changed since the setting before; empty without one.</summary>
    public required string Change { get; init; }

    /// <summary>The ladder.</summary>
    public required IReadOnlyList<RungRow> Rungs { get; init; }

    /// <summary>Risks, correlation, power.</summary>
    public required IReadOnlyList<FactRow> Facts { get; init; }

    /// <summary>The pictures.</summary>
    public required IReadOnlyList<FigurePart> Pictures { get; init; }

    /// <summary>Commands that belong to the setting, each with what it does.</summary>
    public required IReadOnlyList<FactRow> Commands { get; init; }

    /// <summary>In what the study file differs from the setting; empty for nothing.</summary>
    public required string StudyNote { get; init; }

    /// <summary>Writes the document.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="before">Those that were shown before; null for none.</param>
    /// <param name="covariates">The law of the covariates.</param>
    /// <param name="start">What the page started from.</param>
    /// <param name="widths">The width of the first picture and of the others, pixels.</param>
    public static AnswerDocument Of(
        TrialAnswers answers, TrialAnswers? before, CovariateLaw covariates, ExplorationStart start, (int First, int Others) widths)
    {
        var setting = answers.Setting;
        var written = SettingRules.Write(setting);
        return new AnswerDocument
        {
            Setting = written,
            Values = written.Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]),
            Notes = Beside(answers),
            Summary = AnswerWords.Summary(answers),
            Change = before is null ? string.Empty : AnswerWords.Change(before, answers),
            Rungs = Ladder(answers),
            Facts = FactsOf(answers),
            Pictures = [.. SettingPictures.Of(answers, SettingCurves.Of(answers, covariates)).Select((picture, k) => new FigurePart(
                picture.Kind,
                picture.Title,
                picture.Caption,
                SvgDrawing.Draw(picture, Drawing(k == 0 ? widths.First : widths.Others))))],
            Commands = CommandsOf(answers, start),
            StudyNote = setting.Covariate == 0 || covariates.Values.IsEmpty ? string.Empty
                : "The study file draws one normal covariate of the same standard deviation in place of those of the data.",
        };
    }

    private static DrawingOptions Drawing(int width) => new()
    {
        Width = width,
        ShowsTexts = false,
        FontSize = width < NarrowWidth ? SmallTexts : Texts,
        Height = (int)((width < NarrowWidth ? 0.85 : 0.5) * width),
    };

    private static Dictionary<string, string> Beside(TrialAnswers answers) => new(StringComparer.Ordinal)
    {
        ["risk"] = AnswerWords.Percent(answers.Setting.Risk),
        ["effect"] = "odds ratio " + AnswerWords.Ratio(answers.Conditional),
        ["sigma"] = "latent ICC " + Correlation(answers.LatentCorrelation),
        ["covariate"] = string.Empty,
        ["clusters"] = string.Empty,
        ["size"] = Figures.Counted((long)answers.Setting.Clusters * answers.Setting.Size, "patient"),
    };

    private static RungRow[] Ladder(TrialAnswers answers)
    {
        var (own, given, population) = (answers.Conditional, answers.GivenCovariates, answers.Population);
        return
        [
            Rung(0, "this patient, in this cluster", own, given - own, LadderCause.Clusters),
            Rung(1, "patients like this one, in all clusters", given, population - given, LadderCause.Covariates),
            Rung(2, "all patients, if the model holds", population, 0, "the model holds here"),
            Rung(3, "all patients (each patient counts once)", population, 0, "a cluster\u2019s size tells nothing here"),
            Rung(4, "all clusters (each cluster counts once)", population, null, string.Empty),
        ];

        static RungRow Rung(int rung, string whose, double value, double? step, string cause) => new(
            rung,
            whose,
            value,
            AnswerWords.Ratio(value),
            step is { } size ? AnswerWords.Step(size) : string.Empty,
            cause);
    }

    private static FactRow[] FactsOf(TrialAnswers answers)
    {
        var setting = answers.Setting;
        return
        [
            new("controlRisk", "Risk without treatment, all patients", AnswerWords.Percent(answers.ControlRisk), answers.ControlRisk),
            new("treatedRisk", "Risk with treatment, all patients", AnswerWords.Percent(answers.TreatedRisk), answers.TreatedRisk),
            new("riskDifference", "Risk difference", AnswerWords.Points(answers.RiskDifference), answers.RiskDifference),
            new("numberNeeded", "Number needed to treat", AnswerWords.NumberNeeded(answers), answers.NumberNeeded.Estimate),
            new("outcomeCorrelation", "ICC of the outcome", Correlation(answers.OutcomeCorrelation), answers.OutcomeCorrelation),
            new("designEffect", "Design effect", Figures.Ratio(answers.DesignEffect), answers.DesignEffect),
            new(
                "power",
                $"Power with {Figures.Counted(setting.Clusters, "cluster")}, half of them treated",
                AnswerWords.Percent(answers.Power),
                answers.Power),
            new(
                "clustersNeeded",
                "Clusters for a power of 80 %",
                answers.ClustersNeeded is { } needed ? Figures.Count(needed) : "no number is enough",
                answers.ClustersNeeded ?? double.NaN),
        ];
    }

    private static FactRow[] CommandsOf(TrialAnswers answers, ExplorationStart start)
    {
        var rows = new List<FactRow>();
        if (start.CompareCommand.Length > 0)
        {
            rows.Add(new FactRow("compare", "Both models on the trial", start.CompareCommand, null));
        }

        rows.Add(SettingTexts.PlanCommand(answers) is { } plan
            ? new FactRow("plan", "Plan the trial", plan, null)
            : new FactRow("plan", "Plan the trial", string.Empty, null));
        rows.Add(new FactRow("explore", "Open this page at this setting", SettingTexts.ExploreCommand(answers.Setting), null));
        return [.. rows.Where(row => row.Text.Length > 0)];
    }

    private static string Correlation(double correlation) => Figures.Fixed(correlation, 3);
}
